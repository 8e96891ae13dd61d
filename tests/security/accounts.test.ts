import type * as Argon2 from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	aCode,
	anAddress,
	aRegistration,
	latestToken,
	PASSWORD,
	register,
	registerAndConfirm,
	toEmail,
} from '#tests/support/factories/registration.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';
import type { CityId } from '#lib/domain/base/ids.ts';

let database: TestDatabase;
let app: Capabilities;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db, { keys: testKeys });
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const aBrowser = () => new HttpBrowser(server.url);

const signInAs = (browser: HttpBrowser, email: string, password = PASSWORD, next = '') =>
	browser.post('/kk/sign-in', { email, password, next });

async function aSignedInBrowser(): Promise<{ browser: HttpBrowser; accountId: AccountId; address: string }> {
	const address = anAddress();
	const accountId = await registerAndConfirm(app, aRegistration({ address }));
	const browser = aBrowser();
	expect(await signInAs(browser, address)).toMatchObject({ status: 303, location: '/kk/me' });
	return { browser, accountId, address };
}

const isSignedIn = async (browser: HttpBrowser): Promise<boolean> =>
	(await browser.get('/kk/me')).status === 200;

describe('A01', () => {
	/** What differs between two refusals besides the nonce and the address that was typed. */
	const comparable = (body: string, address: string) =>
		body.replaceAll(address, 'ADDRESS').replace(/nonce[=-]["']?[A-Za-z0-9+/=]+["']?/g, 'nonce');

	/** Signing in as it is, with an argon2 that keeps what it is asked. Files share their modules, so these are loaded anew. */
	async function watchArgon2() {
		const argon2 = await vi.importActual<typeof Argon2>('@node-rs/argon2');
		const verify = vi.fn(argon2.verify);
		vi.resetModules();
		vi.doMock('@node-rs/argon2', () => ({ ...argon2, verify }));
		onTestFinished(() => {
			vi.doUnmock('@node-rs/argon2');
			vi.resetModules();
		});
		const { signIn } = await import('#lib/server/identity/index.ts');
		return { signIn, verify };
	}

	it('an unknown address and a wrong password get the same words and the same status', async () => {
		const known = anAddress();
		await registerAndConfirm(app, aRegistration({ address: known }));
		const unknown = anAddress();
		const wrong = await signInAs(aBrowser(), known, 'not the password at all');
		const nobody = await signInAs(aBrowser(), unknown, 'not the password at all');
		expect(wrong.status).toBe(400);
		expect(nobody.status).toBe(400);
		expect(wrong.body).toContain('Мекенжай немесе құпиясөз дұрыс емес');
		expect(comparable(nobody.body, unknown)).toBe(comparable(wrong.body, known));
		expect(nobody.setCookies).toEqual([]);
		expect(wrong.setCookies).toEqual([]);
	});

	it('both cost the same work: argon2 runs in both, with the same parameters', async () => {
		const known = anAddress();
		await register(app, aRegistration({ address: known }));
		const { signIn, verify } = await watchArgon2();
		for (const address of [known, anAddress()]) {
			await signIn(app, { email: toEmail(address), password: 'not the password at all' });
		}
		// Algorithm, version and cost stand in front of salt and hash.
		const work = verify.mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4));
		expect(work).toHaveLength(2);
		expect(work[0]).toEqual(work[1]);
	});
});

it('A02 registering an address that exists leads to the same page', async () => {
	const taken = anAddress();
	await registerAndConfirm(app, aRegistration({ address: taken }));
	const fields = { displayName: 'Айгүл', password: 'a brand new password', consent: 'yes' };
	const again = await aBrowser().post('/ru/register', { ...fields, email: taken });
	const first = await aBrowser().post('/ru/register', { ...fields, email: anAddress() });
	for (const answer of [again, first]) {
		expect(answer).toMatchObject({ status: 303, location: '/ru/register/check-mail', body: '' });
		// Who confirms in the same browser is known by it; it says nothing of whether the address was taken.
		expect(answer.setCookies).toEqual([expect.stringMatching(/^registration=[\w-]{22}\.[\w-]{43}; /)]);
	}
});

describe('A03 wrong passwords', () => {
	it('are stopped after ten from one place, saying when to come back; the owner elsewhere is not', async () => {
		const { browser, address } = await aSignedInBrowser();
		const stranger = aBrowser();
		for (let attempt = 0; attempt < 10; attempt++) {
			expect((await signInAs(stranger, address, `guess number ${attempt} of ten`)).status).toBe(400);
		}
		const stopped = await signInAs(stranger, address);
		expect(stopped.status).toBe(429);
		expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(stopped.body).toContain(`value="${address}"`);
		expect(await isSignedIn(browser)).toBe(true);
		await browser.post('/kk/sign-out', {});
		expect(await isSignedIn(browser)).toBe(false);
		expect(await signInAs(browser, address)).toMatchObject({ status: 303 });
	});

	it('cannot be gone on with under the mark of a device that knows another account', async () => {
		const { address } = await aSignedInBrowser();
		const { browser: other } = await aSignedInBrowser();
		await other.post('/kk/sign-out', {});
		for (let attempt = 0; attempt < 10; attempt++) {
			await signInAs(other, address, `guess number ${attempt} of ten`);
		}
		expect((await signInAs(other, address)).status).toBe(429);
	});
});

it('A04 a session id from before signing in is dead after it, and a new one comes', async () => {
	const { browser: attacker } = await aSignedInBrowser();
	const planted = attacker.cookies.get('session')!;
	const victim = aBrowser();
	victim.cookies.set('session', planted);
	const address = anAddress();
	await registerAndConfirm(app, aRegistration({ address }));
	// Somebody who is signed in is led on; the form can still be sent, as an attacker's page would have them do.
	await signInAs(victim, address);
	expect(victim.cookies.get('session')).not.toBe(planted);
	expect(await isSignedIn(victim)).toBe(true);
	expect(await isSignedIn(attacker)).toBe(false);

	const unheard = aBrowser();
	unheard.cookies.set('session', 'chosenbysomebodyelse0000000000000000000');
	await signInAs(unheard, address);
	expect(unheard.cookies.get('session')).not.toContain('chosenbysomebodyelse');
});

describe('A12', () => {
	it('cookies of a plain server are for it alone and out of reach of scripts', async () => {
		const address = anAddress();
		await registerAndConfirm(app, aRegistration({ address }));
		const { setCookies } = await signInAs(aBrowser(), address);
		expect(setCookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual(['known-device', 'session']);
		for (const cookie of setCookies) {
			expect(cookie).toMatch(/; HttpOnly/);
			expect(cookie).toMatch(/; SameSite=Lax/);
			expect(cookie).toMatch(/; Path=\//);
			expect(cookie).not.toMatch(/; (Domain|Secure)/);
		}
	});

	it('behind a proxy with TLS they are for https alone, and bound to the host', async () => {
		const origin = 'https://budget.test';
		const secure = await startTestServer(database, { ORIGIN: origin });
		try {
			const address = anAddress();
			await registerAndConfirm(app, aRegistration({ address }));
			const browser = new HttpBrowser(secure.url, origin);
			const { setCookies } = await signInAs(browser, address);
			expect(setCookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual([
				'__Host-known-device',
				'__Host-session',
			]);
			for (const cookie of setCookies) {
				expect(cookie).toMatch(/; Secure/);
				expect(cookie).toMatch(/; HttpOnly/);
				expect(cookie).not.toMatch(/; Domain/);
			}
			expect(await isSignedIn(browser)).toBe(true);
		} finally {
			await secure.stop();
		}
	});
});

it.each(['//evil.example', '/\\evil.example', 'https:evil', '/%2f%2fevil', 'javascript:alert(1)'])(
	'A14 after signing in nobody is sent to %s',
	async (next) => {
		const address = anAddress();
		await registerAndConfirm(app, aRegistration({ address }));
		expect(await signInAs(aBrowser(), address, PASSWORD, next)).toMatchObject({
			status: 303,
			location: '/kk/me',
		});
	},
);

it.each(['//evil.example', '/\\evil.example', 'https:evil', '/%2f%2fevil', 'javascript:alert(1)'])(
	'A14 after agreeing to a new text nobody is sent to %s',
	async (next) => {
		const { browser } = await aSignedInBrowser();
		const answer = await browser.post(`/kk/me/consent?/agree&next=${encodeURIComponent(next)}`, {});
		expect(answer).toMatchObject({ status: 303, location: '/kk/me?done=consent' });
	},
);

describe('B03 fields that a form does not have', () => {
	const SMUGGLED = {
		id: '01890000-0000-7000-8000-000000000001',
		accountId: '01890000-0000-7000-8000-000000000001',
		emailConfirmed: 'yes',
		email_confirmed_at: '2020-01-01',
		role: 'administrator',
		grants: '[{"role":"administrator","cityId":null}]',
		language: 'en',
		personId: '01890000-0000-7000-8000-000000000002',
		method: 'none',
		__proto__: 'x',
		constructor: 'x',
	};

	it('change nothing at registration', async () => {
		const email = anAddress();
		const fields = { email, displayName: 'Айгүл', password: 'a brand new password', consent: 'yes' };
		expect(await aBrowser().post('/kk/register', { ...SMUGGLED, ...fields })).toMatchObject({ status: 303 });
		const account = await app.db
			.selectFrom('account')
			.leftJoin('role_grant', 'role_grant.account_id', 'account.id')
			.where('email_key', '=', email)
			.select([
				'account.id',
				'account.language',
				'account.email_confirmed_at as confirmedAt',
				'role_grant.role',
			])
			.executeTakeFirstOrThrow();
		expect(account).toMatchObject({ language: 'kk', confirmedAt: null, role: null });
		expect(account.id).not.toBe(SMUGGLED.id);
	});

	it('change nothing when signing in, confirming the address and confirming the city', async () => {
		const address = anAddress();
		const accountId = await register(app, aRegistration({ address }));
		const browser = aBrowser();
		const token = await latestToken(app, accountId);
		expect(await browser.post('/kk/confirm', { ...SMUGGLED, token, password: PASSWORD })).toMatchObject({
			status: 303,
		});
		const signIn = { ...SMUGGLED, email: address, password: PASSWORD };
		expect(await browser.post('/kk/sign-in', signIn)).toMatchObject({ status: 303 });
		const code = await aCode(app, 'taraz' as CityId);
		const city = { ...SMUGGLED, city: 'taraz', code };
		expect(await browser.post('/kk/me/residency?/code', city)).toMatchObject({ status: 303 });
		const grants = await app.db.selectFrom('role_grant').select('role').execute();
		expect(grants).toEqual([]);
		const { method, person_id } = await app.db
			.selectFrom('residency')
			.where('account_id', '=', accountId)
			.select(['method', 'person_id'])
			.executeTakeFirstOrThrow();
		expect(method).toBe('code');
		expect(person_id).not.toBe(SMUGGLED.personId);
	});

	it('do not give the account or the session of somebody else', async () => {
		const { accountId } = await aSignedInBrowser();
		const { browser, address } = await aSignedInBrowser();
		const page = await browser.get(`/kk/me?accountId=${accountId}&account_id=${accountId}`);
		expect(page.body).toContain(address);
	});
});

const OWN_FORMS = [
	'/kk/me/account',
	'/kk/me/consent?/agree',
	'/kk/me/delete',
	'/kk/me/email',
	'/kk/me/password',
	'/kk/me/sessions?/endAll',
	'/kk/reset',
	'/kk/sign-in/forgotten',
];

describe('D01 a form that a foreign page sends', () => {
	const foreign: [string, Record<string, string>][] = [
		['a foreign origin', { origin: 'https://evil.example' }],
		['our origin on another port', { origin: 'http://127.0.0.1:1' }],
		['our origin as part of another', { origin: 'http://127.0.0.1.evil.example' }],
		['the origin null', { origin: 'null' }],
		['no origin', {}],
	];
	const bodies: [string, (fields: Record<string, string>) => { body: BodyInit; type?: string }][] = [
		['a form', (fields) => ({ body: new URLSearchParams(fields) })],
		['a multipart form', (fields) => ({ body: toFormData(fields) })],
		['JSON', (fields) => ({ body: JSON.stringify(fields), type: 'application/json' })],
		['plain text', (fields) => ({ body: JSON.stringify(fields), type: 'text/plain' })],
	];

	for (const [from, headers] of foreign) {
		for (const [kind, write] of bodies) {
			it(`A13 is refused: ${kind} with ${from}`, async () => {
				const { browser, address } = await aSignedInBrowser();
				const { body, type } = write({ email: address, password: PASSWORD });
				for (const path of [
					'/kk/sign-out',
					'/kk/sign-in',
					'/kk/me?/resend',
					'/kk/me/residency',
					...OWN_FORMS,
				]) {
					const answer = await browser.send(path, {
						method: 'POST',
						body,
						headers: { ...headers, ...(type ? { 'content-type': type } : {}) },
					});
					expect(answer.status).toBe(403);
					expect(answer.setCookies).toEqual([]);
				}
				expect(await isSignedIn(browser)).toBe(true);
			});
		}
	}

	it.each(['PUT', 'PATCH', 'DELETE'])('is refused with %s too', async (method) => {
		const { browser } = await aSignedInBrowser();
		const answer = await browser.send('/kk/sign-out', {
			method,
			headers: { origin: 'https://evil.example' },
		});
		expect(answer.status).toBe(403);
	});

	it('signs nobody out by a link', async () => {
		const { browser } = await aSignedInBrowser();
		expect((await browser.get('/kk/sign-out')).status).toBe(405);
		expect(await isSignedIn(browser)).toBe(true);
	});
});

it('D04 opening the link of a mail confirms nothing: programs open it too', async () => {
	const accountId = await register(app);
	const token = await latestToken(app, accountId);
	for (const method of ['GET', 'HEAD']) await aBrowser().send(`/kk/confirm?token=${token}`, { method });
	const { confirmedAt } = await app.db
		.selectFrom('account')
		.where('id', '=', accountId)
		.select('email_confirmed_at as confirmedAt')
		.executeTakeFirstOrThrow();
	expect(confirmedAt).toBeNull();
});

it('D06 a page of one account is kept by no cache', async () => {
	const { browser } = await aSignedInBrowser();
	const paths = ['', '/residency', '/sessions', '/account', '/data', '/data/download', '/__data.json'];
	for (const path of ['/kk', ...paths.map((path) => `/kk/me${path}`)]) {
		expect((await browser.get(path)).headers.get('cache-control'), path).toBe('private, no-store');
	}
});

it('D06 an answer that ends a dead session is kept by no cache: it would sign others out', async () => {
	const browser = aBrowser().withSession({ name: 'session', value: 'of a session that is over' });
	const answer = await browser.get('/api/v1/budgets.csv?city=taraz');
	expect(answer.setCookies).toHaveLength(1);
	expect(answer.headers.get('cache-control')).toBe('private, no-store');
	const next = await browser.get('/api/v1/budgets.csv?city=taraz');
	expect(next.setCookies).toEqual([]);
	expect(next.headers.get('cache-control')).toContain('public');
});

it('there is no outbox page outside a demonstration', async () => {
	const { browser } = await aSignedInBrowser();
	expect((await browser.get('/kk/outbox')).status).toBe(404);
	expect((await browser.get('/kk/outbox/__data.json')).body).not.toContain('mails');
});

function toFormData(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}
