import { examplesOf } from '#lib/ui/examples.ts';
import DayFilter from './DayFilter.svelte';

export const examples = examplesOf(DayFilter, {
	'nothing chosen': { from: '', to: '', faults: [], language: 'kk', home: '/kk/demo/statistics' },
	'two days the wrong way round': {
		from: '2026-11-20',
		to: '2026-11-01',
		faults: [{ parameter: 'to', code: 'days_reversed' }],
		language: 'kk',
		home: '/kk/demo/statistics',
	},
	'with cities': {
		from: '2026-11-01',
		to: '',
		faults: [],
		language: 'ru',
		home: '/kk/statistics',
		cities: [
			{ value: 'a', label: 'Петропавл' },
			{ value: 'b', label: 'Талдықорған' },
		],
	},
});
