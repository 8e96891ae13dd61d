import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import { Fault } from '../lib/fault.mjs';
import { explainDatabase } from './explain.ts';
import type { Instance } from './instance.ts';
import { quiet } from './migrate.ts';

const UNKNOWN_TABLE = '42P01';

/** Proves that the role that serves finds what the owner has migrated. */
export async function proveServing(instance: Instance): Promise<void> {
	const db = openDatabase(openPool(instance.appUrl, 1, quiet));
	try {
		await db.selectFrom('city').select('id').limit(1).execute();
	} catch (error) {
		if ((error as { code?: unknown }).code === UNKNOWN_TABLE) {
			throw new Fault('DATABASE_URL and MIGRATE_DATABASE_URL name different databases.');
		}
		throw explainDatabase(error, instance.embedded ? null : 'DATABASE_URL', instance.appUrl);
	} finally {
		await db.destroy();
	}
}
