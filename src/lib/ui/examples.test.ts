import { basename } from 'node:path';
import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import type { Examples } from './examples.ts';

const sources = import.meta.glob<string>('./**/*.svelte', { query: '?raw', import: 'default', eager: true });
const sheets = import.meta.glob<{ examples: Examples }>('./**/*.examples.ts', { eager: true });

const withExamples = new Set(Object.keys(sheets).map((path) => basename(path, '.examples.ts')));

/** Drawn on their own, or as a part of a component that is. */
function isShown(component: string): boolean {
	if (withExamples.has(component)) return true;
	return Object.entries(sources).some(
		([path, source]) => source.includes(`/${component}.svelte'`) && isShown(basename(path, '.svelte')),
	);
}

test.each(Object.keys(sources).map((path) => [basename(path, '.svelte')]))(
	'%s is seen in an example',
	(name) => {
		expect(isShown(name)).toBe(true);
	},
);

describe.each(Object.entries(sheets))('%s', (_, { examples }) => {
	test.each(Object.entries(examples.cases))('%s is drawn on the server', (_name, props) => {
		const { body } = render(examples.component, { props });
		expect(body).toContain('<');
		expect(body).not.toMatch(/undefined|\[object|NaN/);
	});
});
