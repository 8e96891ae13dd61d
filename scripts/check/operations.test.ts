import { describe, expect, it } from 'vitest';
import { readSources } from './source-files.ts';

/** Variables that are the system's, npm's or our own children's, not the operator's. */
const NOT_SETTINGS = new Set(['PATH', 'TMPDIR', 'HOME', 'INIT_CWD']);

async function readUsed(): Promise<string[]> {
	const [config] = (await readSources('src/lib/server', ['config.ts'])).filter(({ name }) =>
		name.endsWith('/config.ts'),
	);
	const declared = [...(config?.text ?? '').matchAll(/^\t([A-Z][A-Z_]+): z/gm)].map((match) => match[1]);
	const scripts = await readSources('scripts', ['.ts', '.mjs']);
	const read = scripts
		.filter(({ name }) => !name.endsWith('.test.ts'))
		.flatMap(({ text }) => [...text.matchAll(/\benv(?:\.|\[')([A-Z][A-Z_]+)\b/g)].map((match) => match[1]));
	const names = [...declared, ...read].filter((name) => name !== undefined);
	return [...new Set(names)].filter((name) => !NOT_SETTINGS.has(name));
}

describe('docs/operations.md', () => {
	it('has every variable that the server and the scripts read', async () => {
		const [page] = await readSources('docs', ['operations.md']);
		const documented = [...(page?.text ?? '').matchAll(/^\| `([A-Z][A-Z_]+)`/gm)].map((match) => match[1]);
		const used = await readUsed();
		expect(used.length).toBeGreaterThan(10);
		expect(used.filter((name) => !documented.includes(name))).toEqual([]);
	});
});
