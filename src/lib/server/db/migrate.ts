import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import type { Db } from '../capabilities.ts';

/** Tables that the app may add to and read, never change: none of it may be rewritten. */
const APPEND_ONLY: readonly string[] = [
	'statistics_release',
	'statistics_period',
	'statistics_voting_period',
	'statistics_step',
	'statistics_vote',
	'audit_entry',
	'audit_detail',
];

/** Tables that the app may read, and that only a function of the owner writes: who took part, and what was chosen. */
const WRITTEN_BY_FUNCTION: readonly string[] = ['participation', 'ballot'];

function fileProvider(folder: string): MigrationProvider {
	return {
		async getMigrations() {
			const migrations: Record<string, Migration> = {};
			for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()) {
				const module: unknown = await import(pathToFileURL(path.join(folder, file)).href);
				migrations[file.slice(0, -'.ts'.length)] = module as Migration;
			}
			return migrations;
		},
	};
}

function openMigrator(db: Db, folder: string): Migrator {
	// Kysely takes an advisory lock of its own, so that two processes that start at once migrate once.
	return new Migrator({ db, provider: fileProvider(folder) });
}

/**
 * Brings the schema forward and grants the app's role what it needs.
 * @returns the names of the migrations that ran.
 * @throws the error of the migration that failed; what had run before it stays.
 */
export async function migrateToLatest(db: Db, folder: string, appRole: string | null): Promise<string[]> {
	const { error, results } = await openMigrator(db, folder).migrateToLatest();
	if (error) throw error as Error;
	if (appRole) await grantToApp(db, appRole);
	return (results ?? []).map((result) => result.migrationName);
}

/** Takes back the newest migration. @returns its name, or null when there is none. */
export async function rollBackOne(db: Db, folder: string): Promise<string | null> {
	const { error, results } = await openMigrator(db, folder).migrateDown();
	if (error) throw error as Error;
	return results?.[0]?.migrationName ?? null;
}

async function grantToApp(db: Db, role: string): Promise<void> {
	const app = sql.id(role);
	await sql`grant usage on schema public to ${app}`.execute(db);
	await sql`grant select, insert, update, delete on all tables in schema public to ${app}`.execute(db);
	await sql`grant usage on all sequences in schema public to ${app}`.execute(db);
	await sql`revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${app}`.execute(db);
	for (const table of APPEND_ONLY) {
		await sql`revoke update, delete on ${sql.id(table)} from ${app}`.execute(db);
	}
	for (const table of WRITTEN_BY_FUNCTION) {
		await sql`revoke insert, update, delete on ${sql.id(table)} from ${app}`.execute(db);
	}
}
