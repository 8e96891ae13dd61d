import { tenge } from '#lib/domain/base/tenge.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import TotalsTable from './TotalsTable.svelte';

export const examples = examplesOf(TotalsTable, {
	'what a decision names': {
		caption: 'Бюджеттің жиынтығы',
		language: 'kk',
		totals: {
			revenues: tenge(1_361_234_567_890n),
			expenditures: tenge(1_273_987_654_321n),
			net_lending: tenge(-1_200_000_000n),
			balance: tenge(40_200_000_000n),
			financing: tenge(-40_200_000_000n),
		},
	},
});
