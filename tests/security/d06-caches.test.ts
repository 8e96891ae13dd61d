import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { listDoors } from '#scripts/access/doors.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident } from '#tests/support/factories/account.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { aSession, type SessionCookie } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { sendRaw } from '#tests/support/raw-request.ts';
import { toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const NAME = 'Гүлнар Ерекше';

let database: TestDatabase;
let server: BuiltServer;
let session: SessionCookie;
let slug: string;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	slug = (await aConsultation(database, HERE)).slug;
	const { accountId } = await aResident(database.db, HERE, { displayName: NAME });
	session = await aSession(database, accountId);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const aReader = () => new HttpBrowser(server.url).withSession(session);
const aVisitor = () => new HttpBrowser(server.url);

const paths = (await listDoors())
	.filter((door) => door.startsWith('GET '))
	.map((door) => (chosen: string) => toPath(door.slice(4), { slug: chosen }));

/** A shared cache may keep an answer only when it says so. */
const mayBeShared = (headers: Headers) => /\b(?:public|s-maxage)\b/.test(headers.get('cache-control') ?? '');

describe('D06 what one person was answered', () => {
	// Red without `isPersonal` in http/protect.ts.
	it('is kept by no cache, whatever the page', async () => {
		for (const path of paths.map((make) => make(slug))) {
			const { headers } = await aReader().get(path);
			expect(headers.get('cache-control'), path).toBe('private, no-store');
		}
	});

	it('comes to nobody else who asks for the same address afterwards', async () => {
		for (const path of [
			'/kk',
			'/kk/taraz',
			`/kk/taraz/consultations/${slug}`,
			'/kk/me',
			'/kk/taraz/budget/2027/06',
		]) {
			expect((await aReader().get(path)).body, path).toContain(NAME);
			const visitor = await aVisitor().get(path);
			expect(visitor.body, path).not.toContain(NAME);
			const data = await aVisitor().get(`${path}/__data.json`);
			expect(data.body, path).not.toContain(NAME);
		}
	});

	it('is not had under the name of a file, which a cache would keep', async () => {
		for (const path of [
			'/kk/me/x.css',
			'/kk/me.css',
			'/kk/me/.css',
			'/kk/me%2fx.css',
			'/kk/me;x.css',
			'/kk/me%00.css',
			'/kk/me%3Fx.css',
			'/kk/me/account/x.js',
		]) {
			const { status, body, headers } = await aReader().get(path);
			expect([400, 404], path).toContain(status);
			expect(body, path).not.toContain('@test.invalid');
			expect(mayBeShared(headers), path).toBe(false);
		}
	});

	it('is known as theirs however the header is written', async () => {
		for (const header of ['cookie', 'Cookie', 'COOKIE', 'cOoKiE']) {
			const answer = await sendRaw(server.url, 'GET /kk', [`${header}: ${session.name}=${session.value}`]);
			expect(answer.body).toContain(NAME);
			expect(answer.headers.get('cache-control')).toBe('private, no-store');
		}
	});
});

describe('D06 what everybody is answered', () => {
	it('is asked for anew each time, but for tables that say how long they hold', async () => {
		for (const path of paths.map((make) => make(slug))) {
			const { headers } = await aVisitor().get(path);
			if (mayBeShared(headers)) expect(path).toMatch(/^\/api\/v1\//);
			else expect(headers.get('cache-control'), path).toMatch(/private|no-store/);
		}
	});

	// Red without `vary` in api/v1/answer-export.ts.
	it('varies with what it was made from: the language a program asks for', async () => {
		const answer = await aVisitor().get('/api/v1/budgets.csv?city=taraz');
		expect(answer.headers.get('vary')).toContain('accept-language');
	});

	it('is in the language of its address, whatever cookie or header says', async () => {
		const visitor = aVisitor();
		visitor.cookies.set('PARAGLIDE_LOCALE', 'en');
		const answer = await visitor.send('/ru/taraz', { headers: { 'accept-language': 'kk' } });
		expect(answer.body).toMatch(/<html lang="ru"/);
	});

	it('leads from the bare address by a redirect that no cache keeps for others', async () => {
		const answer = await aVisitor().send('/', { headers: { 'accept-language': 'ru' } });
		expect(answer).toMatchObject({ status: 303, location: '/ru' });
		expect(mayBeShared(answer.headers)).toBe(false);
	});
});
