import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/capabilities.ts';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import { migrationFolder, quiet } from '#scripts/instance/migrate.ts';
import { APP, asSuperuser, OWNER, prepareRoles } from '#scripts/instance/roles.ts';
import { dropDatabase, TEST_SOCKET } from '#scripts/instance/test-cluster.ts';
import { socketUrl } from '#scripts/postgres/socket.ts';

const socket = process.env[TEST_SOCKET] ?? '';
const open: Db[] = [];
const made: string[] = [];

async function anEmptyDatabase(): Promise<string> {
	const name = `empty_${randomBytes(6).toString('hex')}`;
	made.push(name);
	await prepareRoles(socket, name);
	return name;
}

function openAs(role: string, name: string): Db {
	const db = openDatabase(openPool(socketUrl(socket, role, name), 3, quiet, 'work'));
	open.push(db);
	return db;
}

let reference: number;
beforeAll(async () => {
	const { readdir } = await import('node:fs/promises');
	reference = (await readdir(migrationFolder)).filter((file) => file.endsWith('.ts')).length;
});
afterAll(async () => {
	for (const db of open) await db.destroy();
	for (const name of made) await dropDatabase(socket, name);
});

async function done(db: Db): Promise<number> {
	const { rows } = await sql<{ count: number }>`select count(*)::int as count from kysely_migration`.execute(
		db,
	);
	return rows[0]!.count;
}

describe('H03 migrating', () => {
	// Red without the advisory lock of the migrator (db/migrate.ts).
	it('by three processes at once does each migration once', async () => {
		const name = await anEmptyDatabase();
		const runs = await Promise.all(
			[1, 2, 3].map(() => migrateToLatest(openAs(OWNER, name), migrationFolder, APP)),
		);
		expect(runs.flat()).toHaveLength(reference);
		expect(await done(openAs(OWNER, name))).toBe(reference);
	});

	it('that is cut in the middle leaves no half, and goes on at the next start', async () => {
		const name = await anEmptyDatabase();
		const db = openAs(OWNER, name);
		let cut = false;
		const migrating = migrateToLatest(db, migrationFolder, APP).catch((error: unknown) => error);
		await asSuperuser(socket, async (client) => {
			for (let attempt = 0; attempt < 400 && !cut; attempt++) {
				const { rowCount } = await client.query(
					`select pg_terminate_backend(pid) from pg_stat_activity
					where datname = $1 and usename = $2 and state <> 'idle' and query ilike '%create%'`,
					[name, OWNER],
				);
				cut = (rowCount ?? 0) > 0;
			}
		});
		await migrating;
		expect(cut).toBe(true);
		const again = openAs(OWNER, name);
		await migrateToLatest(again, migrationFolder, APP);
		expect(await done(again)).toBe(reference);
		const served = openAs(APP, name);
		expect(await served.selectFrom('city').select('id').execute()).toEqual([]);
	});
});
