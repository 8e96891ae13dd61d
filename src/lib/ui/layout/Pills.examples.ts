import { examplesOf } from '#lib/ui/examples.ts';
import Pills from './Pills.svelte';

export const examples = examplesOf(Pills, {
	'years of a budget': {
		label: 'Бюджет жылдары',
		pills: [
			{ href: '#2022', label: '2022' },
			{ href: '#2023', label: '2023' },
			{ href: '#2024', label: '2024 · атқарылды', current: true },
			{ href: '#2026', label: '2026 · бекітілді' },
			{ href: '#compare', label: 'Салыстыру' },
		],
	},
});
