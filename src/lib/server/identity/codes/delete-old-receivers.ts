import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import { ASK_DAYS, RESHOW_MINUTES } from '#lib/domain/identity/residency-code-batch.ts';
import type { Db } from '#lib/server/capabilities.ts';

/** Forgets whom a batch was for once its codes have been printed, or when nobody released it in time. */
export async function deleteOldReceivers(db: Db): Promise<void> {
	await db
		.deleteFrom('residency_code_receiver as receiver')
		.using('residency_code_batch as batch')
		.whereRef('batch.city_id', '=', 'receiver.city_id')
		.whereRef('batch.id', '=', 'receiver.batch_id')
		.where((eb) =>
			eb.or([
				eb(
					'batch.released_at',
					'<=',
					sql<Instant>`clock_timestamp() - make_interval(mins => ${RESHOW_MINUTES})`,
				),
				eb.and([
					eb('batch.released_at', 'is', null),
					eb('batch.asked_at', '<=', sql<Instant>`clock_timestamp() - make_interval(days => ${ASK_DAYS})`),
				]),
			]),
		)
		.execute();
}
