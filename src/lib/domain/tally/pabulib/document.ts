import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { decodeFile } from './decode.ts';
import { Malformed, type MalformedFile } from './fault.ts';
import { readSections } from './sections.ts';

/** A `.pb` file as it stands: keys, columns and cells in the order read, numerals as written. */
export type PabulibDocument = {
	readonly meta: readonly (readonly [key: string, value: string])[];
	readonly projectColumns: readonly string[];
	readonly projects: readonly (readonly string[])[];
	readonly voteColumns: readonly string[];
	readonly votes: readonly (readonly string[])[];
};

/** The cells of a file, without asking what they mean. */
export function readDocument(bytes: Uint8Array): Result<PabulibDocument, MalformedFile> {
	const meta: [string, string][] = [];
	const projects: (readonly string[])[] = [];
	const votes: (readonly string[])[] = [];
	let projectColumns: readonly string[] = [];
	let voteColumns: readonly string[] = [];
	try {
		readSections(decodeFile(bytes), {
			meta: (key, value) => meta.push([key, value]),
			projectColumns: (columns) => (projectColumns = columns),
			project: (cells) => projects.push(cells),
			voteColumns: (columns) => (voteColumns = columns),
			vote: (cells) => votes.push(cells),
			warn: () => undefined,
		});
	} catch (error) {
		if (error instanceof Malformed) return refused({ code: 'malformed', ...error.fault });
		throw error;
	}
	return ok({ meta, projectColumns, projects, voteColumns, votes });
}

/** The file piece by piece: UTF-8 when encoded, LF, a cell quoted only where it must be (docs/tally.md, 3). */
export function* writeDocument(document: PabulibDocument): Generator<string> {
	yield writeRow(['META']);
	yield writeRow(['key', 'value']);
	for (const pair of document.meta) yield writeRow(pair);
	yield writeRow(['PROJECTS']);
	yield writeRow(document.projectColumns);
	for (const cells of document.projects) yield writeRow(cells);
	yield writeRow(['VOTES']);
	yield writeRow(document.voteColumns);
	for (const cells of document.votes) yield writeRow(cells);
}

const NEEDS_QUOTES = /[;"\n\r]|^\s|\s$/u;

function writeRow(cells: readonly string[]): string {
	const written = cells.map((cell) => (NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
	return `${written.join(';')}\n`;
}
