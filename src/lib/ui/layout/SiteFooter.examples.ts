import { examplesOf } from '#lib/ui/examples.ts';
import SiteFooter from './SiteFooter.svelte';

export const examples = examplesOf(SiteFooter, {
	'with links': {
		links: [
			{ href: '/kk/statistics', label: 'Барлық қала бойынша статистика' },
			{ href: '/kk/data', label: 'Ашық деректер' },
		],
	},
	'without links': { links: [] },
});
