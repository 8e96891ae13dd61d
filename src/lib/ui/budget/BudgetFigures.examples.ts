import { tenge } from '#lib/domain/base/tenge.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import BudgetFigures from './BudgetFigures.svelte';

const population = {
	countedOn: parseCivilDate('2025-01-01'),
	scope: 'city',
	people: 1_637_000,
	roundedTo: 1000,
	sourceUrl: 'https://example.invalid/population',
} as const;

export const examples = examplesOf(BudgetFigures, {
	'with a surplus': {
		language: 'kk',
		revenues: tenge(1_361_234_567_890n),
		expenditures: tenge(1_273_987_654_321n),
		balance: tenge(40_200_000_000n),
		population,
	},
	'with a deficit, revenues unknown': {
		language: 'ru',
		revenues: null,
		expenditures: tenge(1_273_987_654_321n),
		balance: tenge(-40_200_000_000n),
		population: null,
	},
	'with money that comes back': {
		language: 'kk',
		revenues: tenge(1_361_234_567_890n),
		expenditures: tenge(1_361_234_567_890n),
		balance: tenge(7_000_000_000n),
		population,
	},
	balanced: {
		language: 'en',
		revenues: tenge(1_361_234_567_890n),
		expenditures: tenge(1_361_234_567_890n),
		balance: tenge(0n),
		population,
	},
});
