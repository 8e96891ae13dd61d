import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fromRoot } from '#scripts/lib/root.mjs';
import { CASES } from './cases.ts';

/** Ids with which the names of tests begin: `'A06 G03 no number …'` has two. */
const IDS = /['"`]((?:[A-H]\d\d )*[A-H]\d\d)\b/g;

async function namedCases(): Promise<Set<string>> {
	const folder = fromRoot('tests', 'security');
	const files = (await readdir(folder)).filter((name) => name.endsWith('.test.ts'));
	const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
	return new Set(texts.flatMap((text) => [...text.matchAll(IDS)].flatMap(([, ids]) => ids!.split(' '))));
}

it('every case of the list begins the name of a test, and no test names a case that is not there', async () => {
	expect([...(await namedCases())].sort()).toEqual(Object.keys(CASES).sort());
});
