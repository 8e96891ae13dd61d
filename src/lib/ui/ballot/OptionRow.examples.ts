import { examplesOf } from '#lib/ui/examples.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import OptionRow from './OptionRow.svelte';

export const examples = examplesOf(OptionRow, {
	chosen: {
		name: 'options',
		value: '1',
		checked: true,
		title: 'Отын-энергетика кешені және жер қойнауын пайдалану',
		lines: ['Жылу желілерін жаңарту', 'Осы жылы – 106,3 млрд ₸'],
		amount: tenge(12_400_000n),
		language: 'kk',
	},
	'not chosen': {
		name: 'options',
		value: '2',
		title: 'Мектептер мен балабақшалар',
		lines: ['Жаңа орындар, жөндеу'],
		language: 'kk',
	},
});
