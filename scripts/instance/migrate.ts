import { migrateToLatest, rollBackOne } from '#lib/server/db/migrate.ts';
import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import type { Db, Log } from '#lib/server/capabilities.ts';
import { fromRoot } from '../lib/root.mjs';
import { explainDatabase } from './explain.ts';
import type { Instance } from './instance.ts';

export const migrationFolder = fromRoot('migrations');

/** What a command tells of a lost connection is the failure that follows from it. */
export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** Opens a database as its owner for the time of some work. */
export async function asOwner<T>(instance: Instance, work: (db: Db) => Promise<T>): Promise<T> {
	const db = openDatabase(openPool(instance.ownerUrl, 2, quiet, 'work'));
	try {
		return await work(db);
	} catch (error) {
		const name = instance.embedded ? null : 'MIGRATE_DATABASE_URL or DATABASE_URL';
		throw explainDatabase(error, name, instance.ownerUrl);
	} finally {
		await db.destroy();
	}
}

/** @returns the names of the migrations that ran. */
export async function migrate(instance: Instance): Promise<string[]> {
	return await asOwner(instance, (db) => migrateToLatest(db, migrationFolder, instance.appRole));
}

/** @returns the name of the migration that was taken back, or null when there is none. */
export async function rollBack(instance: Instance): Promise<string | null> {
	return await asOwner(instance, (db) => rollBackOne(db, migrationFolder));
}
