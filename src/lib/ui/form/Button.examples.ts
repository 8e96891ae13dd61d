import { examplesOf, label } from '#lib/ui/examples.ts';
import Button from './Button.svelte';

export const examples = examplesOf(Button, {
	main: { tone: 'main', children: label('Пікір жіберу') },
	plain: { children: label('Болдырмау') },
	grave: { tone: 'grave', children: label('Тіркелгіні жою') },
	'as a link': { href: '#ballot', tone: 'main', children: label('Таңдауға өту') },
	'longest text': { children: label('Отын-энергетика кешені және жер қойнауын пайдалану') },
});
