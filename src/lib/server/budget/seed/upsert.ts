import {
	sql,
	type InsertResult,
	type OnConflictBuilder,
	type OnConflictUpdateBuilder,
	type RawBuilder,
} from 'kysely';
import type { Schema } from '#lib/server/db/schema.ts';

/** How many rows were added, changed or removed, by table: all zero when the database holds the files already. */
export type SeedCounts = Readonly<Record<string, number>>;

type Column<Table extends keyof Schema> = keyof Schema[Table] & string;

/**
 * For `onConflict`: gives the row that has this key already the new values. Rows that hold the same values are left
 * alone, so that a second run writes nothing.
 */
export function update<Table extends keyof Schema>(
	table: Table,
	key: readonly Column<Table>[],
	columns: readonly Column<Table>[],
): (conflict: OnConflictBuilder<Schema, Table>) => OnConflictUpdateBuilder<Schema, Table> {
	const given = Object.fromEntries(columns.map((column) => [column, sql.ref(`excluded.${column}`)]));
	// Whether a column is one of this table's is said by the parameters: Kysely cannot know it of a table not yet named.
	return (conflict) =>
		conflict
			.columns(key)
			.doUpdateSet(given as never)
			.where(differs(table, columns));
}

function differs(table: string, columns: readonly string[]): RawBuilder<boolean> {
	const old = sql.join(columns.map((column) => sql.ref(`${table}.${column}`)));
	const given = sql.join(columns.map((column) => sql.ref(`excluded.${column}`)));
	return sql<boolean>`(${old}) is distinct from (${given})`;
}

/** How many rows an insert has added or changed. */
export function changed({ numInsertedOrUpdatedRows = 0n }: InsertResult): number {
	return Number(numInsertedOrUpdatedRows);
}
