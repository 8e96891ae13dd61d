import { examplesOf, words } from '#lib/ui/examples.ts';
import PageTitle from './PageTitle.svelte';

export const examples = examplesOf(PageTitle, {
	'with a lead': {
		title: 'Астана бюджеті',
		lead: 'Қала 2024 жылы нақты қанша жинап, қайда жұмсады. Кез келген жолды ашып, пікір қалдыра аласыз.',
	},
	'longest title': {
		title: 'Отын-энергетика кешені және жер қойнауын пайдалану',
		children: words('09 · 2024 жыл · атқарылды'),
	},
});
