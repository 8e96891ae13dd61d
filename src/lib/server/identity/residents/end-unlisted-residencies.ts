import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import { UNLISTED_DAYS } from '#lib/domain/identity/residents-list.ts';
import type { Db } from '#lib/server/capabilities.ts';

/** Ends the residency of whom a new list lacked and none since has named. Ballots cast before stay and are counted. */
export async function endUnlistedResidencies(db: Db): Promise<void> {
	await db
		.updateTable('residency')
		.set({ ended_at: sql<Instant>`clock_timestamp()` })
		.where('ended_at', 'is', null)
		.where('unlisted_at', '<=', sql<Instant>`clock_timestamp() - make_interval(days => ${UNLISTED_DAYS})`)
		.execute();
}
