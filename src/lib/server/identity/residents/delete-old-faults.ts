import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import { FAULTS_KEPT_DAYS } from '#lib/domain/identity/residents-list.ts';
import type { Db } from '#lib/server/capabilities.ts';

/** Reports of bad rows that had their time; the protocol keeps their number. */
export async function deleteOldFaults(db: Db): Promise<void> {
	await db
		.deleteFrom('residents_import_fault')
		.using('residents_import')
		.whereRef('residents_import.city_id', '=', 'residents_import_fault.city_id')
		.whereRef('residents_import.id', '=', 'residents_import_fault.import_id')
		.where(
			'residents_import.imported_at',
			'<=',
			sql<Instant>`clock_timestamp() - make_interval(days => ${FAULTS_KEPT_DAYS})`,
		)
		.execute();
}
