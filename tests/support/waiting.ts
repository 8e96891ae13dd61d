import { sql } from 'kysely';
import { expect } from 'vitest';
import type { TestDatabase } from './database.ts';

const PATIENCE = { timeout: 10_000 };

type Owned = Pick<TestDatabase, 'owner'>;

/** Statements of this database that wait for a lock that another holds. */
export async function countWaiting({ owner }: Owned): Promise<number> {
	const { rows } = await sql<{ waiting: number }>`
		select count(*)::int as waiting
		from pg_locks
		join pg_stat_activity as activity using (pid)
		where not granted and activity.datname = current_database()`.execute(owner);
	return rows[0]!.waiting;
}

/** Until more than `before` of them wait. */
export async function untilSomeoneWaits(database: Owned, before = 0): Promise<void> {
	await expect.poll(() => countWaiting(database), PATIENCE).toBeGreaterThan(before);
}
