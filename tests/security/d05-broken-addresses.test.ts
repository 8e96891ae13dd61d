import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anOfficial } from '#tests/support/factories/account.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;

let database: TestDatabase;
let server: BuiltServer;
let official: HttpBrowser;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	const { accountId } = await anOfficial(database.db, HERE);
	official = new HttpBrowser(server.url).withSession(await aSession(database, accountId));
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** No text of Postgres can hold it, so every one of them that reaches a query is an error of ours. */
const NUL = '%00';
const BROKEN = [NUL, 'no-such-thing', '-1', '9'.repeat(400)];

const UNKNOWN: readonly string[] = [
	...[NUL, `a${NUL}`, '-', 'A', 'a'.repeat(5000)].flatMap((slug) =>
		['', '/ballot', '/confirmation', '/results'].map((page) => `/kk/taraz/consultations/${slug}${page}`),
	),
	...BROKEN.flatMap((text) => [
		`/kk/${text}`,
		`/kk/taraz/budget/${text}`,
		`/kk/taraz/budget/2027/${text}`,
		`/kk/taraz/budget/2027?version=${text}`,
		`/kk/taraz/budget/2027/04?version=${text}`,
		`/kk/taraz/answers?from=${text}`,
		`/kk/taraz/answers?status=${text}`,
		`/kk/me?from=${text}`,
		`/kk/office/taraz?from=${text}`,
		`/kk/office/taraz?status=${text}`,
		`/kk/office/taraz?published=${text}`,
		`/kk/office/taraz/comments/${text}`,
	]),
];

describe('D05', () => {
	it.each(UNKNOWN)('%s leads nowhere, in words', async (path) => {
		const answer = await official.get(path);
		expect(answer.status).toBe(404);
		expect(answer.body).toContain('<h1');
	});

	it.each(BROKEN)('%s in a query of an export is told to be wrong', async (text) => {
		for (const parameter of ['city', 'from', 'to', 'release', 'cursor', '__proto__']) {
			const answer = await official.get(`/api/v1/statistics/participation.csv?${parameter}=${text}`);
			expect(answer.status, parameter).toBe(400);
			expect(answer.body, parameter).toContain(`"parameter": "${parameter}"`);
		}
	});
});

describe('D03 a body that is not the form its headers announce', () => {
	const url = '/kk/sign-in';
	it.each([
		['multipart/form-data; boundary=x', 'no part at all'],
		['multipart/form-data', '--x\r\n\r\n--x--'],
		['text/plain', 'email=a@b.kz'],
	])('is the fault of who sends it, and no error of ours: %s', async (type, body) => {
		const headers = { origin: server.url, 'content-type': type };
		const answer = await new HttpBrowser(server.url).send(url, { method: 'POST', body, headers });
		expect(answer.status).toBe(400);
		expect(server.output()).not.toContain('request failed');
	});

	it('is refused when it is larger than a form may be', async () => {
		const headers = { origin: server.url, 'content-type': 'application/x-www-form-urlencoded' };
		const body = `password=${'a'.repeat(1_000_000)}`;
		const answer = await new HttpBrowser(server.url).send(url, { method: 'POST', body, headers });
		expect(answer.status).toBe(413);
		expect(answer.body).toContain('Жіберілген деректер тым көп');
	});
});
