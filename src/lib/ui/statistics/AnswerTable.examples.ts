import { parseCivilDate } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import AnswerTable from './AnswerTable.svelte';

export const examples = examplesOf(AnswerTable, {
	'two periods': {
		periods: [
			{
				from: parseCivilDate('2026-11-01'),
				to: parseCivilDate('2026-11-18'),
				count: 6,
				medianWait: 10.5,
			},
			{
				from: parseCivilDate('2026-06-16'),
				to: parseCivilDate('2026-10-31'),
				count: 1205,
				medianWait: 1,
			},
		],
		language: 'ru',
	},
});
