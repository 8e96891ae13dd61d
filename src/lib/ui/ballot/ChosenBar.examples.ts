import { examplesOf, inside, label } from '#lib/ui/examples.ts';
import SubmitButton from '#lib/ui/form/SubmitButton.svelte';
import ChosenBar from './ChosenBar.svelte';

export const examples = examplesOf(ChosenBar, {
	'three of five': {
		name: 'options',
		chosen: 3,
		max: 5,
		children: inside(SubmitButton, { children: label('Тексеруге өту') }),
	},
	'too many': {
		name: 'options',
		chosen: 6,
		max: 5,
		children: inside(SubmitButton, { children: label('Тексеруге өту') }),
	},
});
