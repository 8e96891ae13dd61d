import { sql } from 'kysely';
import type { Db } from '../capabilities.ts';

/** True when the database answers and its schema is there. */
export async function isReady(db: Db): Promise<boolean> {
	try {
		await db
			.selectFrom('city')
			.select(sql`1`.as('one'))
			.limit(1)
			.execute();
		return true;
	} catch {
		return false;
	}
}
