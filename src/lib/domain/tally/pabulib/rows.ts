import { Malformed } from './fault.ts';

/** Cells of one row, trimmed, and the line where it begins. */
export type Row = {
	readonly cells: string[];
	readonly line: number;
	/** A cell began with a quote, and yet was not quoted. */
	readonly hasStrayQuote: boolean;
};

const QUOTE = '"';

/**
 * Cuts a text into rows (docs/tally.md, 3): cells end at `;`, rows at LF or CRLF, a quoted cell may hold both. Rows whose
 * cells are all blank are skipped.
 *
 * @throws Malformed when a quote is opened and never closed.
 */
export function openRows(text: string) {
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	let line = 1;
	// Looked for once and kept: a file without quotes would else be read to its end for each of its rows.
	let quote = text.indexOf(QUOTE);

	function nextRow(): Row | null {
		while (at < text.length) {
			const row = readRow();
			if (row.cells.some((cell) => cell !== '')) return row;
		}
		return null;
	}

	function readRow(): Row {
		const start = line;
		let end = text.indexOf('\n', at);
		if (end === -1) end = text.length;
		if (quote !== -1 && quote < at) quote = text.indexOf(QUOTE, at);
		if (quote === -1 || quote >= end) {
			const cells = text.slice(at, end).split(';');
			for (let index = 0; index < cells.length; index++) cells[index] = cells[index]!.trim();
			at = end + 1;
			line += 1;
			return { cells, line: start, hasStrayQuote: false };
		}
		return readQuotedRow(start);
	}

	function readQuotedRow(start: number): Row {
		const cells: string[] = [];
		let hasStrayQuote = false;
		for (;;) {
			const quoted = text[at] === QUOTE ? readQuotedCell() : null;
			if (quoted === null) {
				hasStrayQuote ||= text[at] === QUOTE;
				const end = endOfCell(at);
				cells.push(text.slice(at, end).trim());
				at = end;
			} else {
				cells.push(quoted.trim());
			}
			const separator = text[at];
			at += 1;
			if (separator === ';') continue;
			if (separator === '\r') at += 1;
			line += 1;
			return { cells, line: start, hasStrayQuote };
		}
	}

	/** The text of a quoted cell, `at` behind it; null, and nothing moved, when it turns out not to be quoted. */
	function readQuotedCell(): string | null {
		let from = at + 1;
		for (;;) {
			const close = text.indexOf(QUOTE, from);
			if (close === -1) throw new Malformed(line, 'a quote is opened here and never closed');
			if (text[close + 1] === QUOTE) {
				from = close + 2;
				continue;
			}
			if (!isEndOfCell(close + 1)) return null;
			const inside = text.slice(at + 1, close);
			at = close + 1;
			line += countLineEnds(inside);
			return inside.replaceAll('""', QUOTE);
		}
	}

	function isEndOfCell(index: number): boolean {
		const next = text[index];
		return (
			next === undefined ||
			next === ';' ||
			next === '\n' ||
			(next === '\r' && (text[index + 1] ?? '\n') === '\n')
		);
	}

	function endOfCell(from: number): number {
		let end = from;
		while (end < text.length && text[end] !== ';' && text[end] !== '\n') end += 1;
		return end;
	}

	return {
		nextRow,
		/** The last line that holds something, once all rows are read. */
		lastLine: () => Math.max(1, line - 1),
		/** How far the reading is, from 0 to 1. */
		part: () => (text.length === 0 ? 1 : Math.min(1, at / text.length)),
	};
}

export type Rows = ReturnType<typeof openRows>;

function countLineEnds(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
	return count;
}
