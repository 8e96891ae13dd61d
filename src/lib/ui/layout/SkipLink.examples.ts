import { examplesOf } from '#lib/ui/examples.ts';
import SkipLink from './SkipLink.svelte';

export const examples = examplesOf(SkipLink, {
	'seen once the keyboard reaches it': {},
});
