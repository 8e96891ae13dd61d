import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '#lib/domain/base/result.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { quiet } from '#scripts/instance/migrate.ts';
import { APP, asSuperuser } from '#scripts/instance/roles.ts';
import { TEST_SOCKET } from '#scripts/instance/test-cluster.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';
import { untilSomeoneWaits } from '#tests/support/waiting.ts';

const PATIENCE = { timeout: 10_000 };

let database: TestDatabase;
let server: BuiltServer;
let author: HttpBrowser;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database, { DATABASE_POOL: '2' });
	author = new HttpBrowser(server.url).withSession(
		await aSession(database, (await anAccount(database.db)).accountId),
	);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** Ends every connection of the role that serves, as a restart does. Its superior is asked: the owner may not. */
async function cutAll(): Promise<void> {
	await asSuperuser(process.env[TEST_SOCKET] ?? '', async (client) => {
		const name = new URL(database.url).pathname.slice(1);
		await client.query(
			'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = $2',
			[name, APP],
		);
	});
}

const page = () => author.get('/kk/taraz');
const comment = (): Promise<Answer> =>
	author.post('/kk/taraz/budget/2027/06?/comment', {
		...{ id: aSubmission(), body: 'Жарық неге жоқ?', language: 'kk', preselected: 'kk' },
	});
const countComments = async () => (await database.owner.selectFrom('comment').select('id').execute()).length;

/** Makes each insert of a comment fail in this way, until told otherwise. */
async function failInserts(code: string, times: number): Promise<() => Promise<void>> {
	// What a sequence counts is not rolled back with the attempt that fails.
	await sql`create sequence attempts_made`.execute(database.owner);
	await sql`
		create function fail_insert() returns trigger language plpgsql security definer as $$
		begin
			if nextval('attempts_made') <= ${sql.lit(times)} then
				raise exception 'made to fail' using errcode = ${sql.lit(code)};
			end if;
			return new;
		end $$`.execute(database.owner);
	await sql`create trigger fail before insert on comment for each row execute function fail_insert()`.execute(
		database.owner,
	);
	return async () => {
		await sql`drop trigger fail on comment`.execute(database.owner);
		await sql`drop function fail_insert`.execute(database.owner);
		await sql`drop sequence attempts_made`.execute(database.owner);
	};
}

describe('H01 a database that fails', () => {
	// Red without `pool.on('error')` in db/pool.ts: the process ends.
	it('and comes back is used again, by the same process', async () => {
		for (let round = 0; round < 3; round++) {
			await cutAll();
			// One request may still meet a connection that is gone.
			await page();
			await expect.poll(async () => (await page()).status, PATIENCE).toBe(200);
		}
		expect(server.output()).not.toContain('Node.js v');
	});

	it('in the middle of a transaction leaves nothing of it, and tells so', async () => {
		const before = await countComments();
		const blocker = database.owner.transaction().execute(async (tx) => {
			await sql`lock table comment in access exclusive mode`.execute(tx);
			await untilSomeoneWaits(database);
			await cutAll();
		});
		const answer = await comment();
		await blocker;
		expect(answer.status).toBe(500);
		expect(await countComments()).toBe(before);
		await expect.poll(async () => (await comment()).status, PATIENCE).toBe(303);
	});

	it.each([
		['a full disk', '53100'],
		['a read-only database', '25006'],
		['too little memory', '53200'],
	])('by %s is a clear error each time, and is over when it is over', async (_, code) => {
		const before = await countComments();
		const mend = await failInserts(code, 1);
		try {
			const answer = await comment();
			expect(answer.status).toBe(500);
			expect(answer.body).toContain('Бірдеңе дұрыс болмады');
			expect(await countComments()).toBe(before);
			expect((await comment()).status).toBe(303);
		} finally {
			await mend();
		}
	});

	// Red without the loop in db/transact.ts.
	it.each([
		['a deadlock', '40P01'],
		['a failed serialization', '40001'],
	])('by %s is asked again, three times at most', async (_, code) => {
		for (const [failures, succeeds] of [
			[2, true],
			[3, false],
		] as const) {
			const mend = await failInserts(code, failures);
			try {
				let runs = 0;
				const inserted = transact<null, never>(database.db, async (tx) => {
					runs += 1;
					await sql`insert into comment (city_id, id, fiscal_year, subject_kind, subject_code, language, body)
						values ('taraz', ${aSubmission()}, 2027, 'expenditure', '06', 'kk', 'x')`.execute(tx);
					return ok(null);
				});
				if (succeeds) expect(await inserted).toEqual(ok(null));
				else await expect(inserted).rejects.toMatchObject({ code });
				expect(runs).toBe(3);
			} finally {
				await mend();
			}
		}
	});

	// Red without statement_timeout and connectionTimeoutMillis in db/pool.ts: requests pile up for as long as it takes.
	it(
		'by not answering holds nobody for long, whether they have a connection or wait for one',
		{ timeout: 60_000 },
		async () => {
			const [held, taken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
			const patient = openDatabase(openPool(database.ownerUrl, 1, quiet, 'work'));
			const blocker = patient.transaction().execute(async (tx) => {
				await sql`lock table city in access exclusive mode`.execute(tx);
				taken.resolve();
				await held.promise;
			});
			await taken.promise;
			const started = performance.now();
			const answers = await Promise.all(
				Array.from({ length: 6 }, (_, index) => {
					const reader = new HttpBrowser(server.url);
					// With a cookie, so that each is a rendering of its own.
					reader.cookies.set('reader', String(index));
					return reader.get('/kk/taraz/statistics');
				}),
			);
			const seconds = (performance.now() - started) / 1_000;
			held.resolve();
			await blocker;
			await patient.destroy();
			expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 500));
			expect(seconds).toBeLessThan(40);
			expect((await page()).status).toBe(200);
			expect((await new HttpBrowser(server.url).get('/readyz')).status).toBe(200);
		},
	);

	it('says at /readyz that it fails, while /healthz lives', async () => {
		await sql`alter table city rename to lost_city`.execute(database.owner);
		try {
			const browser = new HttpBrowser(server.url);
			expect((await browser.get('/readyz')).status).toBe(503);
			expect((await browser.get('/healthz')).status).toBe(200);
		} finally {
			await sql`alter table lost_city rename to city`.execute(database.owner);
		}
	});

	it('by having no connection left for the pool is an error, not a wait without end', async () => {
		const pool = openPool(database.url, 1, quiet);
		const small = openDatabase(pool);
		const held = await pool.connect();
		const started = performance.now();
		await expect(small.selectFrom('city').select('id').limit(1).execute()).rejects.toThrow(/timeout/);
		expect(performance.now() - started).toBeLessThan(15_000);
		held.release();
		expect(
			await small
				.selectFrom('city')
				.select('id')
				.where('id', '=', 'taraz' as CityId)
				.execute(),
		).toHaveLength(1);
		await small.destroy();
	});
});
