import { examplesOf, words } from '#lib/ui/examples.ts';
import EmptyState from './EmptyState.svelte';

export const examples = examplesOf(EmptyState, {
	'nothing asked yet': {
		title: 'Бұл жол туралы әлі ешкім пікір қалдырған жоқ.',
		children: words('Бірінші болып <a href="#ask">пікір жазыңыз</a>.'),
	},
});
