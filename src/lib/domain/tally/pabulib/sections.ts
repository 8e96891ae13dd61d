import { Malformed, type Warning } from './fault.ts';
import { openRows, type Row } from './rows.ts';

const SECTIONS = ['META', 'PROJECTS', 'VOTES'] as const;
type Section = (typeof SECTIONS)[number];

/** What is told of a file while it is read, in its order. Cells are as many as columns. */
export type Listener = {
	readonly meta: (key: string, value: string, line: number) => void;
	/** META is complete; it began in this line. */
	readonly metaEnds?: (line: number) => void;
	readonly projectColumns: (columns: readonly string[]) => void;
	readonly project: (cells: readonly string[], line: number) => void;
	/** PROJECTS is complete; it began in this line. */
	readonly projectsEnd?: (line: number) => void;
	readonly voteColumns: (columns: readonly string[]) => void;
	readonly vote: (cells: readonly string[], line: number) => void;
	readonly warn: (warning: Warning) => void;
	/** From 0 to 1, now and then. */
	readonly progress?: ((part: number) => void) | undefined;
};

const ROWS_BETWEEN_PROGRESS = 4096;
const REQUIRED = { PROJECTS: ['project_id', 'cost'], VOTES: ['voter_id', 'vote'] } as const;

/**
 * Reads the sections of a file (docs/tally.md, 3) and tells what stands in them.
 *
 * @throws Malformed at the first fault of the form; what the values mean is the listener's.
 */
export function readSections(text: string, listener: Listener): void {
	const rows = openRows(text);
	const begun = new Map<Section, number>();
	let section: Section | null = null;
	let columns: readonly string[] | null = null;
	let count = 0;

	for (let row = rows.nextRow(); row !== null; row = rows.nextRow()) {
		if (++count % ROWS_BETWEEN_PROGRESS === 0) listener.progress?.(rows.part());
		if (row.hasStrayQuote) {
			listener.warn({
				line: row.line,
				text: 'a cell begins with a quote and is not quoted; taken as it stands',
			});
		}
		const opened = sectionOf(row);
		if (opened !== null) {
			requireHeader(section, columns, begun);
			if (begun.has(opened)) throw new Malformed(row.line, `a second section ${opened}`);
			if (opened !== SECTIONS[begun.size]) refuseOrder(opened, row.line, new Set(begun.keys()));
			if (section === 'META') listener.metaEnds?.(begun.get(section)!);
			if (section === 'PROJECTS') listener.projectsEnd?.(begun.get(section)!);
			begun.set(opened, row.line);
			section = opened;
			columns = null;
		} else if (section === null) {
			throw new Malformed(row.line, 'text before META');
		} else if (section === 'META') {
			columns ??= readMetaHeader(row, listener);
			if (columns !== row.cells) tellMeta(row, listener);
		} else if (columns === null) {
			columns = readColumns(row, REQUIRED[section]);
			(section === 'PROJECTS' ? listener.projectColumns : listener.voteColumns)(columns);
		} else {
			const cells = fit(row, columns.length);
			(section === 'PROJECTS' ? listener.project : listener.vote)(cells, row.line);
		}
	}
	const missing = SECTIONS.filter((name) => !begun.has(name));
	if (missing.length > 0) refuseMissing(missing);
	requireHeader(section, columns, begun);
	listener.progress?.(1);

	/** Sections stand in the wrong order, unless one of them is nowhere. */
	function refuseOrder(opened: Section, line: number, known: Set<Section>): never {
		known.add(opened);
		for (let row = rows.nextRow(); row !== null; row = rows.nextRow()) {
			const later = sectionOf(row);
			if (later !== null) known.add(later);
		}
		const nowhere = SECTIONS.filter((name) => !known.has(name));
		if (nowhere.length > 0) refuseMissing(nowhere);
		throw new Malformed(line, `${opened} stands out of order: META, PROJECTS, VOTES is the order`);
	}

	function refuseMissing(missing: readonly Section[]): never {
		throw new Malformed(rows.lastLine(), `no section ${missing.join(', ')}`);
	}
}

function sectionOf({ cells }: Row): Section | null {
	const name = cells[0]!.toUpperCase();
	const isSection =
		(SECTIONS as readonly string[]).includes(name) && cells.slice(1).every((cell) => cell === '');
	return isSection ? (name as Section) : null;
}

function requireHeader(
	section: Section | null,
	columns: readonly string[] | null,
	begun: ReadonlyMap<Section, number>,
): void {
	if (section === null || section === 'META' || columns !== null) return;
	throw new Malformed(begun.get(section)!, `${section} has no header`);
}

/** The cells of the header where there is one; old files begin with data at once. */
function readMetaHeader(row: Row, { warn }: Listener): readonly string[] {
	const [key = '', value = ''] = row.cells;
	if (key.toLowerCase() === 'key' && value.toLowerCase() === 'value') return row.cells;
	warn({ line: row.line, text: 'META has no row key;value; taken as data' });
	return [];
}

function tellMeta({ cells, line }: Row, { meta, warn }: Listener): void {
	if (cells.slice(2).some((cell) => cell !== '')) {
		warn({ line, text: `${cells[0]!}: more than one value; the first one counts` });
	}
	meta(cells[0]!, cells[1] ?? '', line);
}

function readColumns({ cells, line }: Row, required: readonly string[]): readonly string[] {
	const columns = [...cells];
	while (columns.at(-1) === '') columns.pop();
	for (const name of required) {
		if (!columns.includes(name)) throw new Malformed(line, `no column ${name}`);
	}
	const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
	if (twice !== undefined) throw new Malformed(line, `the column ${twice} stands twice`);
	return columns;
}

/** As many cells as columns: missing ones are empty, those beyond must be. */
function fit({ cells, line }: Row, length: number): readonly string[] {
	for (let index = length; index < cells.length; index++) {
		if (cells[index] !== '') throw new Malformed(line, `${cells.length} cells for ${length} columns`);
	}
	cells.length = Math.min(cells.length, length);
	while (cells.length < length) cells.push('');
	return cells;
}
