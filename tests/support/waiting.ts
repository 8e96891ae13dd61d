import { sql } from 'kysely';
import { expect } from 'vitest';
import type { TestDatabase } from './database.ts';

const PATIENCE = { timeout: 10_000 };

/** Until some statement of this database waits for a lock that another holds. */
export async function untilSomeoneWaits({ owner }: Pick<TestDatabase, 'owner'>): Promise<void> {
	await expect
		.poll(async () => {
			const { rows } = await sql<{ waiting: number }>`
				select count(*)::int as waiting
				from pg_locks
				join pg_stat_activity as activity using (pid)
				where not granted and activity.datname = current_database()`.execute(owner);
			return rows[0]?.waiting;
		}, PATIENCE)
		.toBeGreaterThan(0);
}
