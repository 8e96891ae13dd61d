import { sql, type Expression, type RawBuilder } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';

/** An instant inside JSON built by the database, where the pool's parsers do not reach. */
export function instantText(instant: Expression<Instant>): RawBuilder<Instant> {
	return sql<Instant>`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
