import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { listDoors } from '#scripts/access/doors.ts';
import { toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

/** Doors by which something can be changed, each as method and address. */
const unsafe = (await listDoors())
	.filter((door) => !door.startsWith('GET '))
	.map((door) => {
		const [method = '', route = ''] = door.split(' ');
		return { door, method, path: toPath(route, { lang: 'en' }).replace('?/default', '') };
	});

let database: TestDatabase;
let server: BuiltServer;
let browser: HttpBrowser;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const ORIGINS: Readonly<Record<string, (own: string) => string | null>> = {
	'another site': () => 'https://evil.invalid',
	'a site whose name begins like ours': (own) => `${own}.evil.invalid`,
	'another port': (own) => own.replace(/\d+$/, '1'),
	'another scheme': (own) => own.replace('http:', 'https:'),
	'a page without an origin': () => 'null',
	'a program that names none': () => null,
};

const BODIES: Readonly<Record<string, string>> = {
	'application/x-www-form-urlencoded': 'email=a%40b.kz',
	'multipart/form-data; boundary=x':
		'--x\r\ncontent-disposition: form-data; name="email"\r\n\r\na@b.kz\r\n--x--\r\n',
	'application/json': '{"email":"a@b.kz"}',
	'text/plain': 'email=a@b.kz',
};

describe('D01 a request that may change something', () => {
	beforeAll(async () => {
		const { accountId } = await anAccount(database.db);
		browser = new HttpBrowser(server.url).withSession(await aSession(database, accountId));
	});

	for (const { door, method, path } of unsafe) {
		it(`is refused from everywhere but our own pages: ${door}`, async () => {
			for (const originOf of Object.values(ORIGINS)) {
				for (const [contentType, body] of Object.entries(BODIES)) {
					const origin = originOf(server.url);
					const headers = { 'content-type': contentType, ...(origin === null ? {} : { origin }) };
					const answer = await browser.send(path, { method, body, headers });
					expect(answer.status).toBe(403);
					expect(answer.body).toBe(m.error_foreign_origin({}, { locale: 'en' }));
					expect(answer.setCookies).toEqual([]);
				}
			}
		});
	}

	it('is judged before anybody looks for the page', async () => {
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			for (const path of ['/en', '/en/no-such-page', '/api/v1/budgets.csv']) {
				const foreign = await browser.send(path, { method, headers: { origin: 'https://evil.invalid' } });
				expect(foreign.status).toBe(403);
				const own = await browser.send(path, { method, headers: { origin: server.url } });
				expect([404, 405]).toContain(own.status);
			}
		}
	});

	it('leaves the session as it was', async () => {
		expect((await browser.get('/en/me')).status).toBe(200);
	});
});
