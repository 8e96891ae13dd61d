import { examplesOf } from '#lib/ui/examples.ts';
import TextArea from './TextArea.svelte';

export const examples = examplesOf(TextArea, {
	empty: {
		id: 'example-1',
		name: 'body',
		label: 'Сұрағыңыз немесе пікіріңіз',
		hint: 'Қазақша немесе орысша жазыңыз.',
	},
	refused: {
		id: 'example-2',
		name: 'body',
		label: 'Сұрағыңыз немесе пікіріңіз',
		value: 'Жол',
		error: 'Кемінде 10 таңба жазыңыз.',
	},
});
