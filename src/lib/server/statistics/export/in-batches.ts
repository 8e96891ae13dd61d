import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** Rows that one statement brings. */
export const BATCH = 2000;

/**
 * All rows, batch after batch, each batch one statement that starts after the last row of the one before. No cursor: it
 * would hold a connection and a transaction for as long as a slow line takes to download, and ten slow lines would
 * stop the site. It can be done in parts because releases are only ever added to.
 */
export async function* inBatches<Row>(read: (after: Row | null) => Promise<Row[]>): AsyncGenerator<Row> {
	let last: Row | null = null;
	for (;;) {
		const batch: Row[] = await read(last);
		yield* batch;
		if (batch.length < BATCH) return;
		last = batch.at(-1) ?? null;
	}
}

/** True for rows after the one with this key, in the order of these columns; for all rows without a key. */
export function comesAfter(columns: readonly string[], key: readonly unknown[] | null): RawBuilder<SqlBool> {
	if (key === null) return sql<SqlBool>`true`;
	return sql<SqlBool>`(${sql.join(columns.map((column) => sql.ref(column)))}) > (${sql.join(key)})`;
}
