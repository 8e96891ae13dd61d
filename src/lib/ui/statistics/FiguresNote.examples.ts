import { examplesOf } from '#lib/ui/examples.ts';
import FiguresNote from './FiguresNote.svelte';

export const examples = examplesOf(FiguresNote, {
	'under votes by line': { counted: ['votes'], table: 'votes', query: '?city=demo' },
});
