import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { m } from '#lib/paraglide/messages.js';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	departForProvider,
	findSetback,
	keepSetback,
	openIdentityProvider,
	takeJourney,
} from '#lib/server/identity/index.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aJar, type TestJar } from '#tests/support/factories/registration.ts';
import { giveAnonymousCodes } from '#tests/support/factories/residency-codes.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import {
	passThrough,
	startIdentityProvider,
	type TestIdentityProvider,
} from '#tests/support/identity-provider.ts';
import { permitFor } from '#tests/support/permit.ts';
import { startTestServer } from '#tests/support/server.ts';

let database: TestDatabase;
let app: Capabilities;
let provider: TestIdentityProvider;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
	provider = await startIdentityProvider();
	server = await startTestServer(database, provider.variables);
	provider.knowApplication(server.url);
});
afterAll(async () => {
	await server.stop();
	await provider.close();
	await database.close();
});
beforeEach(() => {
	provider.spoilTokens(null);
	provider.beSlow(0);
});

const TARAZ = 'taraz' as CityId;
const FORM = '/kk/me/residency?/oidc&city=taraz&method=oidc';
const numbers = artificialIins();
const aNumber = () => numbers.next().value as Iin;
const inTaraz = (iin: string = aNumber()) => ({ iin, address: { locality: 'ТАРАЗ  қаласы' } });

/** Somebody with an account here, in a browser of theirs. */
async function aBrowser(): Promise<{ browser: HttpBrowser; account: SignedIn }> {
	const account = await anAccount(database.db);
	const browser = new HttpBrowser(server.url).withSession(await aSession(database, account.accountId));
	return { browser, account };
}

/** Sends the form. @returns where the page leads. */
async function depart(browser: HttpBrowser, fields: Record<string, string> = {}): Promise<string> {
	const answer = await browser.post(FORM, {
		...{ city: TARAZ, next: '/kk/taraz/consultations', ...fields },
	});
	expect(answer.status).toBe(200);
	const href = /href="(http:\/\/127\.0\.0\.1:\d+\/auth[^"]+)"/.exec(answer.body)?.[1];
	if (href === undefined) throw new Error('the page leads nowhere');
	return href.replaceAll('&amp;', '&');
}

async function confirmBy(
	browser: HttpBrowser,
	claims: Record<string, unknown>,
	fields = {},
): Promise<Answer> {
	const name = provider.addPerson(claims);
	return await browser.get(await passThrough(await depart(browser, fields), name));
}

/** What the page says after a way back that led to nothing. */
async function setbackOf(browser: HttpBrowser, answer: Answer): Promise<string> {
	expect(answer).toMatchObject({ status: 303 });
	expect(answer.location).toContain('back=yes');
	const { body, status } = await browser.get(answer.location!);
	expect(status).toBe(200);
	return body;
}

async function personOf({ accountId }: SignedIn) {
	return await app.db
		.selectFrom('residency')
		.where('account_id', '=', accountId)
		.where('ended_at', 'is', null)
		.select(['city_id as cityId', 'person_id as personId', 'method', 'age_band as ageBand'])
		.executeTakeFirst();
}

const say = <Inputs extends object>(
	message: (inputs: Inputs, options: { locale: 'kk' }) => string,
	inputs = {} as Inputs,
) => message(inputs, { locale: 'kk' });

describe('residency by a provider of identities', () => {
	it('is confirmed by who comes back with the right person and city', async () => {
		const { browser, account } = await aBrowser();
		const answer = await confirmBy(browser, inTaraz(), { ageBand: '30-44' });
		expect(answer).toMatchObject({ status: 303, location: '/kk/taraz/consultations' });
		expect(await personOf(account)).toMatchObject({ cityId: TARAZ, method: 'oidc', ageBand: '30-44' });
	});

	it('asks about the person where the first answer says too little', async () => {
		provider.tellOnlyWhenAsked(true);
		const { browser, account } = await aBrowser();
		await confirmBy(browser, inTaraz());
		provider.tellOnlyWhenAsked(false);
		expect(await personOf(account)).toMatchObject({ cityId: TARAZ, method: 'oidc' });
	});

	it('E05 makes one person of who comes by the list of residents too', async () => {
		const iin = aNumber();
		const [byProvider, byList] = [await aBrowser(), await aBrowser()];
		await confirmBy(byProvider.browser, inTaraz(iin));
		await importFile(app, TARAZ, aListFile([iin]));
		const answer = await byList.browser.post('/kk/me/residency?/iin', { city: TARAZ, iin });
		expect(answer).toMatchObject({ status: 303, location: '/kk/me' });
		const [first, second] = [await personOf(byProvider.account), await personOf(byList.account)];
		expect(second?.method).toBe('iin');
		expect(second?.personId).toBe(first?.personId);
	});

	it('leads there with a state, a nonce and a challenge that are new each time, and no secret', async () => {
		const { browser } = await aBrowser();
		const [first, second] = [new URL(await depart(browser)), new URL(await depart(browser))];
		for (const name of ['state', 'nonce', 'code_challenge']) {
			const [one, other] = [first.searchParams.get(name)!, second.searchParams.get(name)];
			expect(one.length).toBeGreaterThan(40);
			expect(other).not.toBe(one);
		}
		expect(Object.fromEntries(first.searchParams)).toMatchObject({
			...{ response_type: 'code', code_challenge_method: 'S256', ui_locales: 'kk', scope: 'openid' },
			redirect_uri: `${server.url}/residency/callback`,
		});
		const kept = browser.cookies.get('residency-journey')!;
		expect(Buffer.from(kept, 'base64url').toString('latin1')).not.toContain(first.searchParams.get('state'));
	});

	it('is not offered where codes name nobody', async () => {
		await giveAnonymousCodes(app.db, 'oral' as CityId);
		const { browser } = await aBrowser();
		const answer = await browser.post('/kk/me/residency?/oidc', { city: 'oral' });
		expect(answer.status).toBe(400);
		expect(answer.body).toContain(say(m.refusal_residency_method_closed));
		expect((await browser.get('/kk/me/residency?city=oral')).body).not.toContain('Test eID');
	});
});

/**
 * Seen red, one by one, without: `expectedState`, `expectedNonce`, `pkceCodeVerifier` and `enableNonRepudiationChecks` in
 * identity/oidc/provider.ts; `dropSealed` in `takeJourney`; the comparison in identity/residency/oidc.ts.
 */
describe('a way back that is not right', () => {
	it.each([
		['of another issuer', (claims: object) => ({ ...claims, iss: 'http://127.0.0.1:1' })],
		['for another application', (claims: object) => ({ ...claims, aud: 'another' })],
		['with the nonce of another journey', (claims: object) => ({ ...claims, nonce: 'another' })],
		['without a nonce', (claims: object) => ({ ...claims, nonce: undefined })],
		['that has expired', (claims: object) => ({ ...claims, exp: 1_600_000_000 })],
	])('a token %s proves nothing', async (_, change) => {
		const { browser, account } = await aBrowser();
		provider.spoilTokens({ change });
		const body = await setbackOf(browser, await confirmBy(browser, inTaraz()));
		expect(body).toContain(say(m.refusal_provider_answer_invalid));
		expect(await personOf(account)).toBeUndefined();
	});

	it('a token that somebody else has signed proves nothing', async () => {
		const { browser, account } = await aBrowser();
		const other = aNumber();
		provider.spoilTokens({ change: (claims) => ({ ...claims, iin: other }), unsigned: true });
		const body = await setbackOf(browser, await confirmBy(browser, inTaraz()));
		expect(body).toContain(say(m.refusal_provider_answer_invalid));
		expect(await personOf(account)).toBeUndefined();
	});

	it('a state of another journey proves nothing, and ends the one that was under way', async () => {
		const { browser, account } = await aBrowser();
		const path = await passThrough(await depart(browser), provider.addPerson(inTaraz()));
		const another = path.replace(/state=[^&]+/, 'state=another');
		const body = await setbackOf(browser, await browser.get(another));
		expect(body).toContain(say(m.refusal_provider_answer_invalid));
		const late = await setbackOf(browser, await browser.get(path));
		expect(late).toContain(say(m.refusal_provider_journey_over));
		expect(await personOf(account)).toBeUndefined();
	});

	it("somebody else's way back does nothing in this browser, whether or not a journey is under way", async () => {
		const [thief, victim] = [await aBrowser(), await aBrowser()];
		const name = provider.addPerson(inTaraz());
		const path = await passThrough(await depart(thief.browser), name);
		expect(await setbackOf(victim.browser, await victim.browser.get(path))).toContain(
			say(m.refusal_provider_journey_over),
		);
		await depart(victim.browser);
		expect(await setbackOf(victim.browser, await victim.browser.get(path))).toContain(
			say(m.refusal_provider_answer_invalid),
		);
		// The cookie of one account does not open for another.
		victim.browser.cookies.set('residency-journey', thief.browser.cookies.get('residency-journey')!);
		expect(await setbackOf(victim.browser, await victim.browser.get(path))).toContain(
			say(m.refusal_provider_journey_over),
		);
		expect(await personOf(victim.account)).toBeUndefined();
	});

	it('a way back counts once, even with a copy of the cookies', async () => {
		const { browser, account } = await aBrowser();
		const path = await passThrough(await depart(browser), provider.addPerson(inTaraz()));
		const copy = new HttpBrowser(server.url);
		for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
		expect(await browser.get(path)).toMatchObject({ location: '/kk/taraz/consultations' });
		await app.db.deleteFrom('residency').where('account_id', '=', account.accountId).execute();
		expect(await setbackOf(browser, await browser.get(path))).toContain(say(m.refusal_provider_journey_over));
		expect(await setbackOf(copy, await copy.get(path))).toContain(say(m.refusal_provider_answer_invalid));
		expect(await personOf(account)).toBeUndefined();
	});

	it('who turns back there is told so, and finds what they had chosen', async () => {
		const { browser, account } = await aBrowser();
		const path = await passThrough(await depart(browser, { ageBand: '60+', moving: 'yes' }), '');
		expect(path).toContain('error=access_denied');
		const body = await setbackOf(browser, await browser.get(path));
		expect(body).toContain(say(m.refusal_provider_declined));
		expect(body).not.toContain('not today');
		expect(body).toMatch(/<option value="60\+" selected/);
		expect(await personOf(account)).toBeUndefined();
	});

	it.each([
		['no IIN', { address: { locality: 'taraz' } }, m.refusal_provider_person_unreadable],
		['markup for an IIN', inTaraz('<img src=x onerror=alert(1)>'), m.refusal_provider_person_unreadable],
		['an IIN without end', inTaraz('9'.repeat(5_000)), m.refusal_provider_person_unreadable],
		[
			'an IIN with control characters',
			inTaraz('99123\u0000\r\n1299998'),
			m.refusal_provider_person_unreadable,
		],
		['no city', { iin: aNumber() }, m.refusal_provider_city_unknown],
		[
			'markup for a city',
			{ iin: aNumber(), address: { locality: '<script>alert("C01")</script>' } },
			m.refusal_provider_city_unknown,
		],
		[
			'another city',
			{ iin: aNumber(), address: { locality: 'oral' } },
			m.refusal_residency_provider_elsewhere,
		],
	])('C01 %s is refused in words, and shown nowhere', async (_, claims, words) => {
		const { browser, account } = await aBrowser();
		const body = await setbackOf(browser, await confirmBy(browser, claims));
		expect(body).toContain(say<object>(words));
		for (const hostile of ['onerror', 'C01', '99999', '\u0000']) expect(body).not.toContain(hostile);
		expect(server.output()).not.toMatch(/onerror|C01|99999/);
		expect(await personOf(account)).toBeUndefined();
	});

	it('a question without end, or with nothing in it, is refused', async () => {
		const { browser } = await aBrowser();
		for (const query of [
			'',
			'?code=',
			`?code=${'a'.repeat(8_000)}&state=b`,
			'?code=a&code=b&state=c&state=d',
		]) {
			await depart(browser);
			expect(await setbackOf(browser, await browser.get(`/residency/callback${query}`))).toContain(
				say(m.refusal_provider_answer_invalid),
			);
		}
	});

	it('visitors are led to the page, and nothing is asked anywhere', async () => {
		const answer = await new HttpBrowser(server.url).get('/residency/callback?code=a&state=b');
		expect(answer).toMatchObject({ status: 303, location: '/kk/me/residency' });
		expect(answer.headers.get('cache-control')).toContain('no-');
	});

	it('is tried only so often by one account', async () => {
		const { browser } = await aBrowser();
		await depart(browser);
		const journey = browser.cookies.get('residency-journey')!;
		let body = '';
		for (let attempt = 0; attempt <= 20; attempt++) {
			browser.cookies.set('residency-journey', journey);
			body = await setbackOf(browser, await browser.get('/residency/callback?code=guess&state=guess'));
		}
		expect(body).toContain(say(m.refusal_too_many_requests, { minutes: 60 }));
	});
});

describe('a provider that is of no help', () => {
	it('and is slow, or not there, is named as the reason, at the start and on the way back', async () => {
		const own = await startIdentityProvider();
		const alone = await startTestServer(database, own.variables);
		own.knowApplication(alone.url);
		try {
			const account = await anAccount(database.db);
			const browser = new HttpBrowser(alone.url).withSession(await aSession(database, account.accountId));
			own.beSlow(7_000);
			const slow = await browser.post(FORM, { city: TARAZ, ageBand: '18-29' });
			expect(slow.status).toBe(400);
			expect(slow.body).toContain(say(m.refusal_provider_silent));
			expect(slow.body).toMatch(/<option value="18-29" selected/);
			own.beSlow(0);
			const path = await passThrough(await depart(browser), own.addPerson(inTaraz()));
			await own.close();
			expect(await setbackOf(browser, await browser.get(path))).toContain(say(m.refusal_provider_silent));
			expect(await personOf(account)).toBeUndefined();
			expect(alone.output()).toContain('the provider of identities was of no help');
			expect(alone.output()).not.toContain(new URLSearchParams(path.split('?')[1]).get('code'));
		} finally {
			await alone.stop();
		}
	}, 40_000);
});

describe('what the browser keeps meanwhile', () => {
	const settings = {
		...{ issuer: 'https://id.example', clientId: 'c', clientSecret: 's', name: 'eID', scope: 'openid' },
		claims: { iin: 'iin', city: 'city', cities: new Map<string, CityId>() },
	};
	const secrets = { state: 's', nonce: 'n', verifier: 'v' };
	const errand = { cityId: TARAZ, ageBand: null, moving: false, next: '', language: 'kk' } as const;

	/** With a provider that says at once where to go. */
	async function aJourney(origin: string, clock = app.clock) {
		const real = openIdentityProvider(settings, origin, app.log);
		const begin = () =>
			Promise.resolve({ ok: true as const, value: { href: 'https://id.example/', secrets } });
		const there = testApp(database.db, { origin, clock, identityProvider: { ...real, begin } });
		const jar = aJar();
		const account = await anAccount(database.db);
		const permit = permitFor(account, 'residency.confirm', { cityId: null });
		expect(await departForProvider(there, jar, permit, errand)).toMatchObject({ ok: true });
		return { app: there, jar, account };
	}

	const optionsOf = (jar: TestJar) =>
		Array.from(jar.cookies, ([name, { options }]) => ({ name, ...options }));

	it('A12 is out of the reach of scripts, and bound to this host where there is TLS', async () => {
		const shared = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 600 };
		const plain = await aJourney('http://127.0.0.1:1');
		expect(optionsOf(plain.jar)).toEqual([{ name: 'residency-journey', ...shared, secure: false }]);
		const secure = await aJourney('https://budget.example');
		expect(optionsOf(secure.jar)).toEqual([{ name: '__Host-residency-journey', ...shared, secure: true }]);
	});

	it('opens for ten minutes, once, under this secret, in the form in which it was sealed', async () => {
		const { app: there, jar, account } = await aJourney('http://127.0.0.1:1');
		const value = jar.get('residency-journey')!;
		const copy = (text: string) => {
			const copied = aJar();
			copied.set('residency-journey', text, { path: '/' });
			return copied;
		};
		const in11Minutes = () => parseInstant(new Date(Date.now() + 11 * 60_000).toISOString());
		expect(takeJourney({ ...there, clock: in11Minutes }, copy(value), account.accountId)).toBeNull();
		const keys = { ...there.keys, secret: 'another secret of the tests, of forty letters' };
		expect(takeJourney({ ...there, keys }, copy(value), account.accountId)).toBeNull();
		for (const broken of ['', 'a', value.slice(4), `${value.slice(0, -4)}AAAA`, '%%%']) {
			expect(takeJourney(there, copy(broken), account.accountId)).toBeNull();
		}
		expect(takeJourney(there, jar, account.accountId)).toEqual({ errand, secrets });
		expect(takeJourney(there, jar, account.accountId)).toBeNull();
	});

	it('of a journey that came to nothing says why, to nobody else, and is no journey', async () => {
		const { app: there, jar, account } = await aJourney('http://127.0.0.1:1');
		const setback = { refusal: { code: 'provider_silent' }, ageBand: null, moving: true };
		keepSetback(there, jar, account.accountId, setback);
		expect(findSetback(there, jar, account.accountId)).toEqual(setback);
		expect(findSetback(there, jar, (await anAccount(database.db)).accountId)).toBeNull();
		jar.set('residency-journey', jar.get('residency-setback')!, { path: '/' });
		expect(takeJourney(there, jar, account.accountId)).toBeNull();
	});
});
