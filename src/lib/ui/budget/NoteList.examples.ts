import { tenge } from '#lib/domain/base/tenge.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { examplesOf } from '#lib/ui/examples.ts';
import NoteList, { type Note } from './NoteList.svelte';

const note: Note = {
	id: '1',
	fiscalYear: 2025,
	body: 'Безендіруге бөлінген қаражат',
	language: 'kk',
	amount: tenge(412_000_000n),
	remark: null,
	describes: 'approved',
	sourceTitle: 'Сколько город тратит на украшения',
	sourceTitleLanguage: 'ru',
	publishedOn: parseCivilDate('2025-11-18'),
	sourceUrl: 'https://example.invalid/report',
};

export const examples = examplesOf(NoteList, {
	'two notes of one report, one of another': {
		language: 'kk',
		notes: [
			note,
			{
				...note,
				id: '2',
				body: 'Халық қатысатын бюджет',
				remark: 'Дөңгелектелген',
				amount: tenge(2_100_000_000n),
			},
			{
				...note,
				id: '3',
				fiscalYear: 2024,
				sourceTitle: null,
				sourceTitleLanguage: null,
				publishedOn: null,
				sourceUrl: 'https://example.invalid/other',
			},
		],
	},
});
