import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { cleanText } from '#lib/domain/dialogue/text.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const TEXTS = [
	"'; drop table comment; --",
	"x' or '1'='1",
	'1; select pg_sleep(10)--',
	"' union select email, password_hash from account --",
	'\\\'"`$$',
	'%',
	'_',
	'%_%',
	'a%00b',
	'\\',
	'{{constructor.constructor("return 7*7")()}}',
	'${7*7} #{7*7} <%= 7*7 %> {7*7} @{7*7} [[7*7]]',
	'{count, plural, other {#}}',
	'%0a%0dSet-Cookie: x=1',
	'$1 :name ?',
	'__proto__',
	'constructor',
];

let database: TestDatabase;
let server: BuiltServer;
let official: HttpBrowser;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	const { accountId } = await anOfficial(database.db, 'taraz' as CityId);
	official = new HttpBrowser(server.url).withSession(await aSession(database, accountId));
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

describe('C04 a text that would be a query or a template', () => {
	// Red when a value is put into SQL by `sql.raw`, or into a message by hand.
	it.each(TEXTS)('is kept and shown as it was typed: %j', async (text) => {
		const body = `Сұрақ: ${text}`;
		const id = aSubmission();
		const sent = await official.post('/kk/taraz/budget/2027/06?/comment', {
			...{ id, body, language: 'kk', preselected: 'kk' },
		});
		expect(sent.status).toBe(303);
		const kept = await database.db
			.selectFrom('comment')
			.where('id', '=', id as never)
			.select('body')
			.execute();
		expect(kept).toEqual([{ body: cleanText(body) }]);
		const { body: page } = await official.get(sent.location!.split('#')[0]!);
		expect(page).not.toContain('>Сұрақ: 49');
		expect(sent.setCookies).toEqual([]);
	});

	it.each(TEXTS)('finds and changes nothing in an address: %j', async (text) => {
		const encoded = encodeURIComponent(text);
		const before = await countAccounts();
		const started = performance.now();
		for (const path of [
			`/kk/taraz/answers?status=${encoded}`,
			`/kk/taraz/answers?from=${encoded}`,
			`/kk/office/taraz?from=${encoded}`,
			`/kk/admin/audit?action=${encoded}`,
			`/kk/me/residency?city=${encoded}&method=${encoded}`,
			`/kk/taraz/budget/2027?version=${encoded}`,
			`/kk/taraz/statistics?from=${encoded}`,
			`/api/v1/statistics/participation.csv?city=${encoded}`,
			`/kk/${encoded}`,
		]) {
			const { status, headers } = await official.get(path);
			expect(status, path).toBeLessThan(500);
			expect(headers.get('set-cookie'), path).toBeNull();
		}
		expect(performance.now() - started).toBeLessThan(9_000);
		expect(await countAccounts()).toBe(before);
		expect(server.output()).not.toContain('request failed');
	});

	async function countAccounts(): Promise<number> {
		const { rows } = await sql<{ count: number }>`select count(*)::int as count from account`.execute(
			database.db,
		);
		return rows[0]!.count;
	}
});
