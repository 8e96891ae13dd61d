import { examplesOf, words } from '#lib/ui/examples.ts';
import Card from './Card.svelte';

export const examples = examplesOf(Card, {
	words: { children: words('Есіл ауданында балабақша кезегі неге азаймай тұр?') },
});
