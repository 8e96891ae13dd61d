import { describe, expect, it } from 'vitest';
import { rawValuesIn } from './design-tokens.ts';

const component = (declaration: string) =>
	`<p>20px #fff</p>\n\n<style>\n\tp {\n\t\t${declaration}\n\t}\n</style>\n`;
const faults = (declaration: string) => rawValuesIn({ name: 'Line.svelte', text: component(declaration) });

describe('the check of design tokens', () => {
	it.each([
		['color: #00707f;', 'Line.svelte:5 invents a colour: #00707f'],
		['background: rgb(0 0 0 / 50%);', 'Line.svelte:5 invents a colour: rgb('],
		['color: teal;', 'Line.svelte:5 invents a colour: teal'],
		['padding: 12px;', 'Line.svelte:5 invents a size: 12px'],
		['font-size: 1.25rem;', 'Line.svelte:5 invents a size: 1.25rem'],
		['z-index: 10;', 'Line.svelte:5 invents a depth: 10'],
		['} :global(body) { margin: 0;', 'Line.svelte:5 invents a rule for what is not its own: :global'],
	])('names %s', (declaration, fault) => {
		expect(faults(declaration)).toEqual([fault]);
	});

	it.each([
		'color: var(--ink);',
		'fill: currentcolor;',
		'margin: 0;',
		'inline-size: calc(100% - var(--space-4));',
		'} @media (min-width: 60rem) { p { color: var(--ink); }',
		'} @page { margin: 18mm; size: 21cm;',
	])('leaves %s alone', (declaration) => {
		expect(faults(declaration)).toEqual([]);
	});
});
