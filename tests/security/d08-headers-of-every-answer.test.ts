import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import { listDoors } from '#scripts/access/doors.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { fromRoot } from '#scripts/lib/root.mjs';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial } from '#tests/support/factories/account.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { sendRaw } from '#tests/support/raw-request.ts';
import { toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const ORIGIN = 'https://budget.test';

let database: TestDatabase;
let plain: BuiltServer;
let secure: BuiltServer;
let session: Awaited<ReturnType<typeof aSession>>;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	[plain, secure] = await Promise.all([
		startTestServer(database),
		startTestServer(database, { ORIGIN, LOG_LEVEL: 'silent' }),
	]);
	session = await aSession(database, (await anOfficial(database.db, HERE)).accountId);
});
afterAll(async () => {
	await Promise.all([plain.stop(), secure.stop()]);
	await database.close();
});

/** On whatever is answered, file, page, refusal or failure. */
const ALWAYS = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy': expect.stringContaining('geolocation=()') as string,
};

function expectProtected(headers: Headers, isSecure: boolean): void {
	const found = Object.fromEntries(Object.keys(ALWAYS).map((name) => [name, headers.get(name)]));
	expect(found).toEqual(ALWAYS);
	const transport = headers.get('strict-transport-security');
	if (isSecure) expect(transport).toBe('max-age=31536000; includeSubDomains');
	else expect(transport).toBeNull();
}

const routes = (await listDoors()).filter((door) => door.startsWith('GET ')).map((door) => door.slice(4));

describe('D08 every answer says how it may be used', () => {
	// Red without a line of HEADERS in http/protect.ts.
	it('on each route, for visitors and for who has signed in', async () => {
		for (const route of routes) {
			const address = toPath(route);
			for (const browser of [new HttpBrowser(plain.url), new HttpBrowser(plain.url).withSession(session)]) {
				const { headers } = await browser.get(address);
				expectProtected(headers, false);
				expect(headers.get('x-request-id'), address).toMatch(/^[0-9a-f-]{36}$/);
				expect(headers.get('content-security-policy'), address).toContain("frame-ancestors 'none'");
			}
		}
	});

	// Red without `protectFiles` in hooks.server.ts.
	it('on files of the build, which no page of ours answers', async () => {
		const scripts = await readdir(fromRoot('build', 'client', '_app', 'immutable', 'entry'));
		const script = scripts.find((name) => name.endsWith('.js'));
		for (const file of [
			'/favicon.svg',
			'/error.css',
			'/robots.txt',
			path.posix.join('/_app/immutable/entry', script!),
		]) {
			const answer = await new HttpBrowser(secure.url, ORIGIN).get(file);
			expect(answer.status, file).toBe(200);
			expectProtected(answer.headers, true);
		}
	});

	it('on refusals and on what the adapter answers itself', async () => {
		const browser = new HttpBrowser(secure.url, ORIGIN);
		const answers = [
			await browser.get('/kk/no-such-page'),
			await browser.get('/no-such-file.js'),
			await browser.post('/kk/sign-in', {}, { origin: 'https://evil.invalid' }),
			await browser.post('/kk/sign-in', { email: 'a'.repeat(300 * 1024) }),
			await browser.send('/kk/sign-out', { method: 'DELETE', headers: { origin: ORIGIN } }),
			// No request that the framework could make of it.
			await sendRaw(secure.url, 'TRACE /kk', []),
		];
		expect(answers.map(({ status }) => status)).toEqual([404, 404, 403, 413, 405, 400]);
		for (const { headers } of answers) expectProtected(headers, true);
	});

	it('on a page that failed', async () => {
		await sql`alter table city_text rename to lost_city_text`.execute(database.owner);
		try {
			const answer = await new HttpBrowser(secure.url, ORIGIN).get('/kk');
			expect(answer.status).toBe(500);
			expectProtected(answer.headers, true);
		} finally {
			await sql`alter table lost_city_text rename to city_text`.execute(database.owner);
		}
	});

	it('and tells a foreign page nothing of where somebody came from, and of our own forms where they stood', async () => {
		// `no-referrer` would make browsers send `Origin: null` with our own forms.
		const answer = await new HttpBrowser(plain.url).withSession(session).get('/kk/me');
		expect(answer.headers.get('referrer-policy')).toBe('same-origin');
		expect(answer.body).not.toMatch(/referrerpolicy="(?!no-referrer|same-origin)/);
	});
});
