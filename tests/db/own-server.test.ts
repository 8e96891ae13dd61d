import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { socketUrl, SUPERUSER } from '#scripts/postgres/socket.ts';
import { explainDatabase } from '#scripts/instance/explain.ts';
import { migrationFolder } from '#scripts/instance/migrate.ts';
import { proveServer } from '#scripts/instance/prove.ts';
import { asSuperuser } from '#scripts/instance/roles.ts';
import { TEST_SOCKET } from '#scripts/instance/test-cluster.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

const socket = process.env[TEST_SOCKET] ?? '';
const LATIN = `latin_${process.pid}`;
const PLAIN = `plain_${process.pid}`;

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
	await asSuperuser(socket, async (client) => {
		await client.query(`create database ${PLAIN} template template0 locale_provider libc locale 'C'`);
		await client.query(
			`create database ${LATIN} template template0 locale_provider libc locale 'C' encoding 'LATIN1'`,
		);
	});
});
afterAll(async () => {
	await database.close();
	await asSuperuser(socket, async (client) => {
		await client.query(`drop database ${PLAIN}`);
		await client.query(`drop database ${LATIN}`);
	});
});

describe('a database that is to be served', () => {
	it('is taken when it knows Kazakh letters, and is left as it was', async () => {
		await expect(proveServer(database.ownerUrl)).resolves.toBeUndefined();
		const extensions = await asSuperuser(socket, (client) =>
			client.query(`select from pg_extension where extname = 'pg_trgm'`),
		);
		expect(extensions.rowCount).toBe(0);
	});

	it('is refused when a Kazakh word has no trigrams in it', async () => {
		const proof = proveServer(socketUrl(socket, SUPERUSER, PLAIN));
		await expect(proof).rejects.toThrow(/does not know Kazakh letters/);
	});

	it('is refused when it does not store UTF-8', async () => {
		await expect(proveServer(socketUrl(socket, SUPERUSER, LATIN))).rejects.toThrow(/encoding UTF8/);
	});
});

describe('a database that cannot be used is explained in one line', () => {
	async function explained(url: string): Promise<unknown> {
		return await proveServer(url).then(
			() => 'it can be used',
			(error: unknown) => String(explainDatabase(error, 'DATABASE_URL', url)),
		);
	}

	it('when nobody listens', async () => {
		expect(await explained('postgres://somebody:hidden@127.0.0.1:9/ortaq')).toMatch(
			/^Error: The database server 127\.0\.0\.1:9 \(DATABASE_URL\) does not answer: .*ECONNREFUSED.*$/,
		);
	});

	it('when it does not exist', async () => {
		expect(await explained(socketUrl(socket, SUPERUSER, 'no_such_database'))).toMatch(/has no such database/);
	});

	it('when its role does not exist', async () => {
		expect(await explained(socketUrl(socket, 'nobody_knows', 'postgres'))).toMatch(
			/does not let nobody_knows in/,
		);
	});

	it('when another version of the application has made its schema', async () => {
		const other = await createTestDatabase();
		await sql`insert into kysely_migration (name, timestamp) values ('29991231T2359_of_a_later_version', '')`.execute(
			other.owner,
		);
		const migrated = await migrateToLatest(other.owner, migrationFolder, null).catch((error: unknown) =>
			String(explainDatabase(error, null, other.ownerUrl)),
		);
		await other.close();
		expect(migrated).toMatch(/^Error: The embedded database holds the schema of another version .*$/);
	});

	it('and never with the password', async () => {
		expect(await explained('postgres://somebody:hidden@127.0.0.1:9/ortaq')).not.toContain('hidden');
	});
});
