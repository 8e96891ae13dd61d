import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { fromRoot } from '../lib/root.mjs';
import { findAll, readSources } from './source-files.ts';

/** Tests and examples need a city as much as a reader of them does; among the names of people is one of a city too. */
const MAY_NAME = /\.(test|examples)\.ts$|\/demonstration\/names\.ts$/;

/** A new city is data: the name of one in code is a defect. */
export async function findCityNames(): Promise<string[]> {
	const csv = await readFile(fromRoot('scripts', 'seed', 'data', 'cities.csv'), 'utf8');
	const cities = parse<Record<string, string>>(csv, { bom: true, columns: true });
	const words = cities.flatMap(({ id, name_kk, name_ru, name_en }) => [id, name_kk, name_ru, name_en]);
	const pattern = new RegExp(`(?<![\\p{L}-])(${[...new Set(words)].join('|')})(?!\\p{L})`, 'giu');
	const files = await readSources('src', ['.ts', '.svelte', '.css', '.html']);
	return files
		.filter(({ name }) => !MAY_NAME.test(name))
		.flatMap((file) =>
			[...findAll(file, pattern)].map(({ place, match }) => `${place} names a city in code: ${match[0]}`),
		);
}
