import { parseCivilDate } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import GrowthChart from './GrowthChart.svelte';

export const examples = examplesOf(GrowthChart, {
	'four weeks': {
		days: ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'].map(parseCivilDate),
		series: [
			{ metric: 'residents', totals: [12, 20, 41, 44] },
			{ metric: 'comments', totals: [null, 5, 11, 20] },
			{ metric: 'ballots', totals: [null, null, 16, 39] },
		],
		language: 'kk',
	},
});
