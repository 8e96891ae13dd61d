import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { Db } from '#lib/server/capabilities.ts';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import { findBinaries } from '../postgres/binaries.ts';
import { killLeftover, openCluster } from '../postgres/cluster.ts';
import { isAlive } from '../postgres/server-process.ts';
import { socketUrl } from '../postgres/socket.ts';
import { migrationFolder, quiet } from './migrate.ts';
import { findOutside } from './place.ts';
import { APP, asSuperuser, OWNER, prepareRoles } from './roles.ts';
import { seed } from './seed.ts';
import { findRunner, findTemporary } from '../postgres/runner.ts';

/** Names the socket of the tests' cluster to everything that a test run starts. */
export const TEST_SOCKET = 'ORTAQ_TEST_SOCKET';

/** Databases that tests clone: the empty schema, or the schema with the cities and their budgets. */
export type Template = 'migrated' | 'seeded';

const PREFIX = 'ortaq-test-';

/**
 * A Postgres for one test run: fast, not safe, thrown away at the end. Its databases have the schema and the two roles
 * that they have in production.
 */
export async function openTestCluster(): Promise<{ socket: string; stop(): Promise<void> }> {
	const runner = findRunner('');
	const temporary = findTemporary(runner);
	await sweep(temporary);
	const home = await mkdtemp(path.join(temporary, PREFIX));
	await chmod(home, 0o755);
	await writeFile(path.join(home, 'pid'), String(process.pid));
	const binaries = await findBinaries(runner, runner === null ? home : await findOutside());
	const cluster = await openCluster({
		folder: path.join(home, 'data'),
		binaries,
		runner,
		logFile: path.join(home, 'postgres.log'),
		disposable: true,
	});
	const stop = async () => {
		await cluster.stop();
		await rm(home, { recursive: true, force: true });
	};
	try {
		await makeTemplate(cluster.socket, 'migrated', async (db) => {
			await migrateToLatest(db, migrationFolder, APP);
		});
	} catch (error) {
		await stop();
		throw error;
	}
	return { socket: cluster.socket, stop };
}

/** Makes a database that nobody stays connected to: Postgres clones no other. */
async function makeTemplate(socket: string, name: string, fill: (db: Db) => Promise<void>): Promise<void> {
	await prepareRoles(socket, name);
	const db = openDatabase(openPool(socketUrl(socket, OWNER, name), 2, quiet, 'work'));
	try {
		await fill(db);
	} finally {
		await db.destroy();
	}
}

/** Clones a template. Copying files is fastest here; with a log to disk it would not be. */
export async function cloneTemplate(socket: string, template: Template, name: string): Promise<void> {
	await asSuperuser(socket, async (client) => {
		if (template === 'seeded') await makeSeeded(socket, client);
		await client.query(`create database ${name} template ${template} owner ${OWNER} strategy file_copy`);
	});
}

/** The first test that asks waits for it; a run without such tests does not. */
async function makeSeeded(socket: string, client: pg.Client): Promise<void> {
	await client.query(`select pg_advisory_lock(hashtext('seeded'))`);
	const { rowCount } = await client.query(`select from pg_database where datname = 'seeded'`);
	if (rowCount === 0) {
		await client.query('drop database if exists filling');
		await client.query(`create database filling template migrated owner ${OWNER} strategy file_copy`);
		await makeTemplate(socket, 'filling', async (db) => void (await seed(db)));
		await client.query('alter database filling rename to seeded');
	}
	await client.query(`select pg_advisory_unlock(hashtext('seeded'))`);
}

export async function dropDatabase(socket: string, name: string): Promise<void> {
	await asSuperuser(socket, (client) => client.query(`drop database if exists ${name} with (force)`));
}

/** Clears away what test runs of this user that were killed have left. What others have left is closed to us. */
async function sweep(temporary: string): Promise<void> {
	for (const name of await readdir(temporary)) {
		if (!name.startsWith(PREFIX)) continue;
		const home = path.join(temporary, name);
		if (process.getuid && (await stat(home)).uid !== process.getuid()) continue;
		const pid = await readFile(path.join(home, 'pid'), 'utf8').catch(() => '');
		if (pid === '' || isAlive(Number(pid))) continue;
		await killLeftover(path.join(home, 'data'));
		await rm(home, { recursive: true, force: true });
	}
}
