import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Cell, Format, Row } from './format.ts';

/**
 * CSV after RFC 4180, in UTF-8 with a byte order mark, without which Excel loses the Kazakh letters. A spreadsheet runs
 * text that starts like a formula, so such text gets an apostrophe in front; text that starts with an apostrophe gets
 * one too. So whoever takes one leading apostrophe off every text has the original.
 */
export function csvFormat(style: { readonly delimiter: string; readonly decimal: string }): Format {
	return {
		mediaType: 'text/csv; charset=utf-8; header=present',
		write(columns, rows) {
			const writer = stringify({
				bom: true,
				delimiter: style.delimiter,
				record_delimiter: '\r\n',
				// The writer quotes what holds its own line end; a lone CR or LF breaks rows just as well.
				quoted_match: /[\r\n]/,
			});
			// The pipeline destroys both ends on failure; whoever reads the writer gets the error.
			pipeline(Readable.from(toTexts(columns, rows, style.decimal)), writer, () => {});
			return writer;
		},
	};
}

async function* toTexts(
	columns: readonly string[],
	rows: AsyncIterable<Row>,
	decimal: string,
): AsyncGenerator<readonly string[]> {
	yield columns;
	for await (const row of rows) yield row.map((cell) => toText(cell, decimal));
}

function toText(cell: Cell, decimal: string): string {
	switch (typeof cell) {
		case 'string':
			return guardFormula(cell);
		case 'number':
			return String(cell).replace('.', decimal);
		case 'bigint':
		case 'boolean':
			return String(cell);
		case 'object':
			return '';
	}
}

const STARTS_LIKE_A_FORMULA = /^[=+\-@|\t\r\n＝＋－＠']/;

function guardFormula(text: string): string {
	return STARTS_LIKE_A_FORMULA.test(text) ? `'${text}` : text;
}
