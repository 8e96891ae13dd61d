import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../lib/root.mjs';

export type SourceFile = { readonly name: string; readonly text: string };

const GENERATED = 'src/lib/paraglide/';

/** What people have written below a folder, by the ends of its files' names. */
export async function readSources(folder: string, ends: readonly string[]): Promise<SourceFile[]> {
	const entries = await readdir(fromRoot(folder), { recursive: true, withFileTypes: true });
	const names = entries
		.filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
		.map((entry) =>
			path.relative(fromRoot(), path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
		)
		.filter((name) => !name.startsWith(GENERATED))
		.sort();
	return await Promise.all(
		names.map(async (name) => ({ name, text: await readFile(fromRoot(name), 'utf8') })),
	);
}

/** `file:line` of every match. */
export function* findAll(
	file: SourceFile,
	pattern: RegExp,
): Generator<{ place: string; match: RegExpExecArray }> {
	for (const [index, line] of file.text.split('\n').entries()) {
		for (const match of line.matchAll(pattern)) yield { place: `${file.name}:${index + 1}`, match };
	}
}
