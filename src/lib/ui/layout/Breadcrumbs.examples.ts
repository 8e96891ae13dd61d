import { examplesOf } from '#lib/ui/examples.ts';
import Breadcrumbs from './Breadcrumbs.svelte';

export const examples = examplesOf(Breadcrumbs, {
	'three deep': {
		above: [
			{ href: '/kk', label: 'Қалалар' },
			{ href: '/kk/astana', label: 'Астана' },
			{ href: '/kk/astana/budget/2024', label: '2024 жылғы бюджет' },
		],
		here: 'Отын-энергетика кешені және жер қойнауын пайдалану',
	},
});
