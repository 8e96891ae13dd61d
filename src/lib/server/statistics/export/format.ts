import type { Readable } from 'node:stream';

/** Numbers stay numbers, also negative ones; everything that is text may have been written by anybody. */
export type Cell = string | number | bigint | boolean | null;
export type Row = readonly Cell[];

/** Rows in, bytes out, never all of them at once. A failing source ends the bytes with its error, not as if complete. */
export type Format = {
	readonly mediaType: string;
	write(columns: readonly string[], rows: AsyncIterable<Row>): Readable;
};
