import { examplesOf } from '#lib/ui/examples.ts';
import SourceLinks from './SourceLinks.svelte';

export const examples = examplesOf(SourceLinks, {
	'some lines of a version': {
		query: '?city=astana&year=2024&version=executed-2',
		holds: '2024 жылғы бюджет, атқарылды',
		wholeTable: '#table',
		mistake: { href: '#ask', label: 'Қате тапсаңыз, оның жолын ашып, пікір жазыңыз' },
	},
	'all budgets of a city': { query: '?city=astana', holds: 'Бюджеты города Астана' },
});
