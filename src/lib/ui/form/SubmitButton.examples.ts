import { examplesOf, label } from '#lib/ui/examples.ts';
import SubmitButton from './SubmitButton.svelte';

export const examples = examplesOf(SubmitButton, {
	main: { children: label('Дауыс беру') },
});
