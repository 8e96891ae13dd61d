import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const SOURCE = new URL('../../', import.meta.url).pathname;

/** Components and the stylesheets of every page: what may use tokens and nothing else. */
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((path) =>
	/\.svelte$|ui\/(?:reset|base|layout)\.css$/.test(path),
);

/** Habits that break in another script or under the content policy; raw values are found by `npm run check`. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
	[
		'a physical property',
		/\b(?:margin|padding|border)-(?:top|right|bottom|left)\b|^\s*(?:top|right|bottom|left|width|height):/m,
	],
	['!important', /!important/],
];

function stylesOf(path: string): string {
	const text = readFileSync(join(SOURCE, path), 'utf8');
	const css = path.endsWith('.css') ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '');
	return css.replaceAll(/\/\*[\s\S]*?\*\//g, '');
}

describe.each(files)('%s', (path) => {
	const styles = stylesOf(path);

	test.each(FORBIDDEN)('does without %s', (_, pattern) => {
		expect(pattern.exec(styles)?.[0] ?? null).toBeNull();
	});

	test('keeps its rules in a layer', () => {
		const outside = styles.replaceAll(/@layer [\w, ]+\{[\s\S]*\}/g, '').trim();
		expect(outside).toBe('');
	});

	test('sets no style attribute, which the content policy forbids', () => {
		const markup = readFileSync(join(SOURCE, path), 'utf8').replace(/<style>[\s\S]*/, '');
		expect(/\sstyle[:=]/.exec(markup)?.[0] ?? null).toBeNull();
	});
});

test('every token that is used is there', () => {
	const tokens = readFileSync(join(SOURCE, 'lib/ui/tokens.css'), 'utf8');
	const everything = files.map((path) => readFileSync(join(SOURCE, path), 'utf8')).join('\n') + tokens;
	const set = new Set(Array.from(everything.matchAll(/(--[a-z][\w-]*):/g), (match) => match[1]));
	const used = new Set(Array.from(everything.matchAll(/var\((--[\w-]+)\s*\)/g), (match) => match[1]));
	expect([...used].filter((name) => !set.has(name))).toEqual([]);
});

test('the layout names the layers before any component can', () => {
	const layout = readFileSync(join(SOURCE, 'routes/+layout.svelte'), 'utf8');
	expect(/import .*/.exec(layout)?.[0]).toBe("import '#lib/ui/tokens.css';");
});
