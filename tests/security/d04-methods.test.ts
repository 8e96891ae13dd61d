import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import { listDoors } from '#scripts/access/doors.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial, aResident } from '#tests/support/factories/account.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { sendRaw } from '#tests/support/raw-request.ts';
import { toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;

let database: TestDatabase;
let server: BuiltServer;
let browsers: readonly HttpBrowser[];
let slug: string;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	slug = (await aConsultation(database, HERE)).slug;
	browsers = await Promise.all(
		[await anOfficial(database.db, HERE), await aResident(database.db, HERE)].map(async ({ accountId }) =>
			new HttpBrowser(server.url).withSession(await aSession(database, accountId)),
		),
	);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** Rows by table. Limits count what is asked, and jobs publish statistics by themselves. */
async function countRows(): Promise<Record<string, number>> {
	const { rows } = await sql<{ name: string; rows: number }>`
		select relname as name,
			(xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', relname), false, true, '')))[1]::text::int as rows
		from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
		order by relname`.execute(database.owner);
	const ignored = /^(rate_limit$|statistics_|kysely_)/;
	return Object.fromEntries(
		rows.filter(({ name }) => !ignored.test(name)).map((row) => [row.name, row.rows]),
	);
}

const doors = await listDoors();
const pathOf = (door: string) => toPath(door.split(' ')[1] ?? '', { slug }).replace('?/default', '');
const FIELDS = '_method=DELETE&email=a%40b.kz&body=x&role=administrator&option=04&city=taraz';
const withFields = (path: string) => `${path}${path.includes('?') ? '&' : '?'}${FIELDS}`;

describe('D04 reading changes nothing', () => {
	// Red when any page writes in its `load`, or an action answers to GET.
	it.each(['GET', 'HEAD', 'OPTIONS'])(
		'by %s, whatever the address is and what stands in it',
		async (method) => {
			const before = await countRows();
			for (const browser of browsers) {
				for (const path of doors.map(pathOf)) {
					const answer = await browser.send(withFields(path), { method });
					expect(answer.status, path).toBeLessThan(500);
				}
			}
			expect(await countRows()).toEqual(before);
		},
	);

	it('also where a header or a field asks for another method', async () => {
		const before = await countRows();
		const [official] = browsers;
		for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
			await official!.send(withFields('/kk/me/delete'), { headers: { [header]: 'POST' } });
			await official!.send(withFields('/kk/sign-out'), { headers: { [header]: 'POST' } });
		}
		expect((await official!.get('/kk/me')).status).toBe(200);
		expect(await countRows()).toEqual(before);
	});
});

describe('D04 methods that no page has', () => {
	it.each(['PUT', 'PATCH', 'DELETE'])('%s is refused from our own pages too', async (method) => {
		for (const path of ['/kk/me', '/kk/sign-out', '/kk/me/delete', '/api/v1/budgets.csv', '/healthz']) {
			const answer = await browsers[0]!.send(path, { method, headers: { origin: server.url } });
			expect(answer.status, path).toBe(405);
		}
	});

	// TRACE would repeat the cookie to a script. Node refuses CONNECT itself.
	it.each(['TRACE', 'CONNECT', 'PROPFIND', 'get'])(
		'%s is answered by nothing of the request',
		async (method) => {
			const answer = await sendRaw(server.url, `${method} /kk/me`, [
				'cookie: session=secret-of-the-cookie',
			]).catch(() => null);
			expect(answer?.body ?? '').not.toContain('secret-of-the-cookie');
			expect(answer?.status).not.toBe(200);
		},
	);
});
