import { parseCivilDate } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import BudgetSource from './BudgetSource.svelte';

export const examples = examplesOf(BudgetSource, {
	'a decision, with all that is known of it': {
		language: 'kk',
		source: {
			kind: 'approved',
			grade: 'decision',
			title: 'О бюджете города Астаны на 2026–2028 годы',
			titleLanguage: 'ru',
			number: '320/41-VIII',
			decidedOn: parseCivilDate('2025-12-16'),
			registration: 'V25Z0001234',
			sourceUrl: 'https://example.invalid/decision',
		},
		population: {
			countedOn: parseCivilDate('2026-01-01'),
			scope: 'city',
			people: 1_637_000,
			roundedTo: 1000,
			sourceUrl: 'https://example.invalid/population',
		},
	},
	'a report, of which little is known': {
		language: 'ru',
		source: {
			kind: 'executed',
			grade: 'report',
			title: 'Город исполнил бюджет',
			titleLanguage: 'ru',
			number: null,
			decidedOn: null,
			registration: null,
			sourceUrl: null,
		},
		population: null,
	},
});
