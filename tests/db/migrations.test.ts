import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateToLatest, rollBackOne } from '#lib/server/db/migrate.ts';
import { migrationFolder } from '#scripts/instance/migrate.ts';
import { APP } from '#scripts/instance/roles.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database.close();
});

/** Everything that migrations make, in words: columns, constraints, indexes, functions, triggers and rights. */
async function readCatalogue(): Promise<string[]> {
	const { rows } = await sql<{ entry: string }>`
		select format('column %s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as entry
			from information_schema.columns where table_schema = 'public'
		union all
		select format('constraint %s %s', conname, pg_get_constraintdef(oid))
			from pg_constraint where connamespace = 'public'::regnamespace
		union all
		select indexdef from pg_indexes where schemaname = 'public'
		union all
		select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
		union all
		select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
		union all
		select format('grant %s on %s to %s', privilege_type, table_name, grantee)
			from information_schema.table_privileges where table_schema = 'public' and grantee = ${APP}
		order by 1`.execute(database.owner);
	return rows.map((row) => row.entry);
}

async function readTableNames(): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(database.owner);
	return rows.map((row) => row.name);
}

describe('the migrations', () => {
	it('go down to nothing, and up again to the same', async () => {
		const before = await readCatalogue();
		let takenBack = 0;
		while ((await rollBackOne(database.owner, migrationFolder)) !== null) takenBack += 1;
		expect(takenBack).toBeGreaterThan(0);
		expect(await readTableNames()).toEqual(['kysely_migration', 'kysely_migration_lock']);

		expect(await migrateToLatest(database.owner, migrationFolder, APP)).toHaveLength(takenBack);
		expect(await readCatalogue()).toEqual(before);
	});

	it('void the unused codes that name nobody, once codes are of one kind', async () => {
		while ((await rollBackOne(database.owner, migrationFolder)) !== '20261125T0040_release_codes_by_two');
		await sql`insert into city (id, position, level, time_zone)
			values ('before', 99, 'oblast', 'Asia/Almaty')`.execute(database.owner);
		await sql`insert into residency_code (city_id, code_hash, person_key, identity_key, expires_at)
			select 'before', sha256(name::bytea), sha256(name::bytea), identity_key, now() + interval '1 day'
			from (values ('nobody', null), ('somebody', sha256('somebody'))) as code (name, identity_key)`.execute(
			database.owner,
		);
		await migrateToLatest(database.owner, migrationFolder, APP);
		const { rows } =
			await sql`select identity_key is null as anonymous, expires_at <= clock_timestamp() as void
			from residency_code order by 1`.execute(database.owner);
		expect(rows).toEqual([
			{ anonymous: false, void: false },
			{ anonymous: true, void: true },
		]);
	});

	it('do nothing when they are done', async () => {
		expect(await migrateToLatest(database.owner, migrationFolder, APP)).toEqual([]);
	});
});

describe('the role that serves', () => {
	it('cannot change the schema', async () => {
		await expect(sql`create table intruder (id int)`.execute(database.db)).rejects.toThrow(
			/permission denied/,
		);
		await expect(sql`drop table city`.execute(database.db)).rejects.toThrow(/must be owner/);
		await expect(sql`alter table city add column intruder text`.execute(database.db)).rejects.toThrow(
			/must be owner/,
		);
	});

	it('cannot pretend that a migration has run', async () => {
		const pretence = sql`insert into kysely_migration (name, timestamp) values ('x', 'x')`.execute(
			database.db,
		);
		await expect(pretence).rejects.toThrow(/permission denied/);
	});
});
