import { examplesOf, label } from '#lib/ui/examples.ts';
import ButtonLink from './ButtonLink.svelte';

export const examples = examplesOf(ButtonLink, {
	plain: { href: '#draft', children: label('Тексеріп шығу') },
	main: { href: '#ballot', tone: 'main', children: label('Таңдауға өту') },
});
