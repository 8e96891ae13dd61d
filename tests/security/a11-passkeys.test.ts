import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, PasskeyId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	addPasskey,
	beginPasskey,
	beginPasskeySignIn,
	confirmNewEmail,
	deleteWhatHasExpired,
	findActor,
	findPasskey,
	getOwnAccount,
	listPasskeys,
	relyingParty,
	removePasskey,
	renamePasskey,
	requestNewEmail,
	requestReset,
	resetPassword,
	resetSecondFactor,
	restoreEmail,
	signInByPasskey,
	startSession,
} from '#lib/server/identity/index.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { anAuthenticator } from '#tests/support/authenticator.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	aJar,
	anAddress,
	aRegistration,
	latestToken,
	PASSWORD,
	registerAndConfirm,
	signedIn,
	toEmail,
} from '#tests/support/factories/registration.ts';
import { aSecondFactor } from '#tests/support/factories/second-factor.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { permitFor } from '#tests/support/permit.ts';
import { startTestServer } from '#tests/support/server.ts';
import { untilSomeoneWaits } from '#tests/support/waiting.ts';

const ORIGIN = 'https://budget.example';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db, { origin: ORIGIN });
});
afterAll(() => database.close());

const refusedSignIn = { ok: false, refusal: { code: 'passkey_refused' } };
const refusedAdding = { ok: false, refusal: { code: 'passkey_not_added' } };
const right = { ok: true, value: null };

async function anOwner(registered?: AccountId) {
	const accountId = registered ?? (await registerAndConfirm(app));
	const permit = permitFor(await signedIn(app, accountId), 'factor.manage', { cityId: null });
	return { accountId, permit, device: anAuthenticator(accountId) };
}

type Owner = Awaited<ReturnType<typeof anOwner>>;

async function beginAdding({ permit }: Owner, at = app): Promise<string> {
	const begun = await beginPasskey(at, permit, PASSWORD);
	if (!begun.ok) throw new Error(begun.refusal.code);
	return begun.value.challenge;
}

async function anOwnerWithPasskey(counter = 0): Promise<Owner> {
	return await addOneTo(await anOwner(), counter);
}

async function addOneTo(owner: Owner, counter = 0): Promise<Owner> {
	const challenge = await beginAdding(owner);
	const response = owner.device.make({ challenge, origin: ORIGIN, counter });
	expect(await addPasskey(app, owner.permit, { name: 'Телефон', response })).toEqual(right);
	return owner;
}

async function challengeToSign(): Promise<string> {
	const options = await beginPasskeySignIn(app);
	if (options === null) throw new Error('no passkeys here');
	return options.challenge;
}

type Answer = Parameters<Owner['device']['sign']>[0];
type Signed = ReturnType<Owner['device']['sign']>;

async function signInWith({ device }: Owner, changed: Partial<Answer> = {}) {
	const challenge = changed.challenge ?? (await challengeToSign());
	return await answer(device.sign({ origin: ORIGIN, ...changed, challenge }));
}

/** Sends an answer from a browser of its own. */
const answer = (response: Signed, jar = aJar()) => signInByPasskey(app, jar, response, null);

/**
 * Seen red without, one by one: `expectedOrigin` of the configured address, `requireUserVerification` and `counter < …` in
 * sign-in-by-passkey.ts; the deletion, and the conditions on purpose and account, in `takeChallenge`.
 */
describe('A11 the answer of a passkey', () => {
	it('signs its owner in, as often as asked', async () => {
		const owner = await anOwnerWithPasskey();
		for (let times = 0; times < 2; times++) {
			expect(await signInWith(owner)).toMatchObject({ ok: true });
		}
	});

	it.each([
		['another origin', { origin: 'https://evil.example', rpId: 'budget.example' }],
		['our name on another port', { origin: `${ORIGIN}:8443` }],
		['our name without TLS', { origin: 'http://budget.example' }],
		['another site', { rpId: 'evil.example' }],
		['no check of its user', { isUserVerified: false }],
		['another purpose', { type: 'webauthn.create' }],
		['a challenge that we never made', { challenge: Buffer.alloc(32, 7).toString('base64url') }],
	])('is refused with %s', async (_, changed) => {
		const owner = await anOwnerWithPasskey();
		expect(await signInWith(owner, changed)).toEqual(refusedSignIn);
		expect(await signInWith(owner)).toMatchObject({ ok: true });
	});

	it('is refused when sent again, also by eight requests at the same time', async () => {
		const { device } = await anOwnerWithPasskey();
		const response = device.sign({ origin: ORIGIN, challenge: await challengeToSign() });
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => answer(response)));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await answer(response)).toEqual(refusedSignIn);
	});

	it('is refused with a challenge that was made for adding, or is over', async () => {
		const owner = await anOwnerWithPasskey();
		expect(await signInWith(owner, { challenge: await beginAdding(owner) })).toEqual(refusedSignIn);
		const challenge = await challengeToSign();
		await database.owner
			.updateTable('passkey_challenge')
			.set({ expires_at: '2020-01-01T00:00:00.000Z' as never })
			.execute();
		expect(await signInWith(owner, { challenge })).toEqual(refusedSignIn);
		await deleteWhatHasExpired(app);
		expect(await app.db.selectFrom('passkey_challenge').select('purpose').limit(1).execute()).toEqual([]);
	});

	it('is refused with a counter that goes back or stands still, and moves no counter by it', async () => {
		const owner = await anOwnerWithPasskey(5);
		expect(await signInWith(owner, { counter: 6 })).toMatchObject({ ok: true });
		for (const counter of [6, 5, 0]) expect(await signInWith(owner, { counter })).toEqual(refusedSignIn);
		expect(await signInWith(owner, { counter: 7 })).toMatchObject({ ok: true });
		const answers = await Promise.all([signInWith(owner, { counter: 8 }), signInWith(owner, { counter: 8 })]);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	});

	it('is refused when the key, the signature or the user is not that of the passkey', async () => {
		const [one, other] = [await anOwnerWithPasskey(), await anOwnerWithPasskey()];
		const challenge = await challengeToSign();
		const mine = one.device.sign({ origin: ORIGIN, challenge });
		expect(await answer({ ...mine, id: other.device.id, rawId: other.device.id })).toEqual(refusedSignIn);
		const anew = one.device.sign({ origin: ORIGIN, challenge: await challengeToSign() });
		const userHandle = Buffer.from(other.accountId).toString('base64url');
		expect(await answer({ ...anew, response: { ...anew.response, userHandle } })).toEqual(refusedSignIn);
		const third = one.device.sign({ origin: ORIGIN, challenge: await challengeToSign() });
		const signature = anew.response.signature;
		expect(await answer({ ...third, response: { ...third.response, signature } })).toEqual(refusedSignIn);
	});

	it('is refused in whatever form a stranger sends it', async () => {
		const { device } = await anOwnerWithPasskey();
		const good = device.sign({ origin: ORIGIN, challenge: await challengeToSign() });
		for (const broken of ['', 'AAAA', Buffer.from('null').toString('base64url'), '%%%', 'e30']) {
			for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
				const fresh = device.sign({ origin: ORIGIN, challenge: await challengeToSign() });
				const response = { ...fresh, response: { ...fresh.response, [part]: broken } };
				expect(await answer(response)).toEqual(refusedSignIn);
			}
		}
		expect(await answer({ ...good, id: '', rawId: '' })).toEqual(refusedSignIn);
	});
});

describe('A11 taking an account back while a passkey answers', () => {
	/** While they are held, whoever wants to change the passkeys, or the account, waits. */
	async function hold(what: 'passkey' | 'account', accountId: AccountId): Promise<() => Promise<void>> {
		const [taken, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		const blocker = database.owner.transaction().execute(async (tx) => {
			const rows = tx.selectFrom(what).where(what === 'passkey' ? 'account_id' : 'id', '=', accountId);
			await rows.select('id').forUpdate().execute();
			taken.resolve();
			await held.promise;
		});
		await taken.promise;
		return async () => {
			held.resolve();
			await blocker;
		};
	}

	const next = aRegistration({ password: 'another set of words' }).password;

	/** Each ends every session: of an owner whose device was stolen, or who reads their mail elsewhere. */
	const TAKEN_BACK: Readonly<Record<string, (owner: Owner) => Promise<() => Promise<unknown>>>> = {
		'the passkey is removed': async ({ accountId, permit }) => {
			const [passkey] = await listPasskeys(app.db, accountId);
			return () => removePasskey(app, permit, passkey!.id, PASSWORD);
		},
		'a forgotten password is set anew': async ({ accountId }) => {
			const { email } = await getOwnAccount(app.db, accountId);
			await requestReset(app, toEmail(email), 'kk');
			const token = await latestToken(app, accountId, 'reset_password');
			return () => resetPassword(app, { token, next });
		},
		'an address is restored': async ({ accountId, permit }) => {
			await requestNewEmail(app, permitFor(permit.actor, 'account.manage', { cityId: null }), {
				...{ current: PASSWORD, email: toEmail(anAddress()) },
			});
			const moved = await latestToken(app, accountId, 'confirm_new_email');
			await confirmNewEmail(app, moved, { actor: permit.actor, password: '' });
			const token = await latestToken(app, accountId, 'email_changed');
			return () => restoreEmail(app, { token, next });
		},
	};

	// Red when `exchange` begins the session after its transaction: all of them were ended before, and this one goes on.
	it.each(Object.entries(TAKEN_BACK))('leaves it no session when %s', async (_, prepare) => {
		const owner = await anOwnerWithPasskey();
		const takeBack = await prepare(owner);
		const signed = owner.device.sign({ origin: ORIGIN, challenge: await challengeToSign() });
		const release = await hold('passkey', owner.accountId);
		const jar = aJar();
		const signingIn = answer(signed, jar);
		await untilSomeoneWaits(database);
		const takingBack = takeBack();
		await untilSomeoneWaits(database, 1);
		await release();
		await signingIn;
		expect(await takingBack).toMatchObject({ ok: true });
		expect(await findActor(app, jar)).toEqual({ kind: 'visitor' });
		expect(await signInWith(owner)).toEqual(refusedSignIn);
	});

	// Red when `addPasskey` takes the challenge before its transaction: the passkey comes after all were deleted, and stays.
	it('leaves no passkey that was being added when a forgotten password is set anew', async () => {
		const owner = await anOwner();
		const takeBack = await TAKEN_BACK['a forgotten password is set anew']!(owner);
		const response = owner.device.make({ challenge: await beginAdding(owner), origin: ORIGIN });
		const release = await hold('account', owner.accountId);
		const takingBack = takeBack();
		await untilSomeoneWaits(database);
		const adding = addPasskey(app, owner.permit, { name: 'a', response });
		await untilSomeoneWaits(database, 1);
		await release();
		await adding;
		expect(await takingBack).toMatchObject({ ok: true });
		expect(await listPasskeys(app.db, owner.accountId)).toEqual([]);
	});
});

describe('a passkey', () => {
	it('is added by who knows the password, for this origin, once, with a check of its user', async () => {
		const owner = await anOwner();
		expect(await beginPasskey(app, owner.permit, 'another one')).toMatchObject({
			refusal: { code: 'password_wrong' },
		});
		const add = async (changed: Partial<Answer>) => {
			const challenge = changed.challenge ?? (await beginAdding(owner));
			const response = owner.device.make({ origin: ORIGIN, ...changed, challenge });
			return await addPasskey(app, owner.permit, { name: 'a', response });
		};
		expect(await add({ origin: 'https://evil.example' })).toEqual(refusedAdding);
		expect(await add({ rpId: 'evil.example' })).toEqual(refusedAdding);
		expect(await add({ isUserVerified: false })).toEqual(refusedAdding);
		expect(await add({ challenge: await challengeToSign() })).toEqual(refusedAdding);
		expect(await add({ challenge: await beginAdding(await anOwner()) })).toEqual(refusedAdding);
		const challenge = await beginAdding(owner);
		expect(await add({ challenge })).toEqual(right);
		expect(await add({ challenge })).toEqual(refusedAdding);
		// The same device again; the browser would not let it come so far.
		expect(await add({})).toEqual(refusedAdding);
		expect(await listPasskeys(app.db, owner.accountId)).toHaveLength(1);
		const mails = app.db.selectFrom('mail').where('account_id', '=', owner.accountId);
		expect(await mails.where('kind', '=', 'passkey_added').select('kind').execute()).toHaveLength(1);
	});

	it('is renamed and removed by its owner alone, and with it every session ends', async () => {
		const [owner, stranger] = [await anOwnerWithPasskey(), await anOwnerWithPasskey()];
		const [passkey] = await listPasskeys(app.db, owner.accountId);
		const id = passkey!.id;
		expect(await findPasskey(app.db, stranger.accountId, id)).toBeNull();
		await renamePasskey(app, stranger.permit, id, 'theirs');
		await removePasskey(app, stranger.permit, id, PASSWORD);
		expect(await findPasskey(app.db, owner.accountId, id)).toMatchObject({ name: 'Телефон' });
		await renamePasskey(app, owner.permit, id, 'Үй компьютері');
		expect(await findPasskey(app.db, owner.accountId, id)).toMatchObject({ name: 'Үй компьютері' });

		const jar = aJar();
		await startSession(app, jar, owner.accountId);
		expect(await removePasskey(app, owner.permit, id, 'another one')).toMatchObject({ ok: false });
		expect(await removePasskey(app, owner.permit, id, PASSWORD)).toEqual(right);
		expect(await findActor(app, jar)).toEqual({ kind: 'visitor' });
		expect(await signInWith(owner)).toEqual(refusedSignIn);
	});

	it('goes when a forgotten password is set anew, or the operator resets the second factor', async () => {
		const address = 'lost@mail.invalid';
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		const permit = permitFor(await signedIn(app, accountId), 'factor.manage', { cityId: null });
		const add = async () => {
			const device = anAuthenticator(accountId);
			const begun = await beginPasskey(app, permit, PASSWORD);
			const challenge = begun.ok ? begun.value.challenge : '';
			const response = device.make({ challenge, origin: ORIGIN });
			expect(await addPasskey(app, permit, { name: 'a', response })).toEqual(right);
		};
		await add();
		await aSecondFactor(app, accountId);
		expect(await resetSecondFactor(app, toEmail(address))).toEqual(right);
		expect(await listPasskeys(app.db, accountId)).toEqual([]);
		await add();
		await requestReset(app, toEmail(address), 'kk');
		const token = await latestToken(app, accountId, 'reset_password');
		const next = aRegistration({ password: 'another set of words' }).password;
		expect(await resetPassword(app, { token, next })).toMatchObject({ ok: true });
		expect(await listPasskeys(app.db, accountId)).toEqual([]);
	});

	it('that is alone is reset by the operator too', async () => {
		const address = 'passkey-only@mail.invalid';
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		await addOneTo(await anOwner(accountId));
		expect(await resetSecondFactor(app, toEmail(address))).toEqual(right);
		expect(await listPasskeys(app.db, accountId)).toEqual([]);
		expect(await resetSecondFactor(app, toEmail(address))).toEqual({
			ok: false,
			refusal: { code: 'factor_not_begun' },
		});
	});

	it('is not more than one of ten', async () => {
		const owner = await anOwner();
		for (let count = 0; count < 10; count++) {
			const response = anAuthenticator(owner.accountId).make({
				...{ challenge: await beginAdding(owner), origin: ORIGIN },
			});
			expect(await addPasskey(app, owner.permit, { name: 'a', response })).toEqual(right);
		}
		expect(await beginPasskey(app, owner.permit, PASSWORD)).toMatchObject({
			refusal: { code: 'passkey_too_many' },
		});
	});

	it('works at an address with a name, over TLS or on this machine', () => {
		expect(relyingParty('https://budget.example')).toEqual({ id: 'budget.example', origin: ORIGIN });
		expect(relyingParty('http://localhost:4173')).not.toBeNull();
		for (const origin of [
			'http://127.0.0.1:4173',
			'https://10.0.0.1',
			'https://[::1]',
			'http://budget.example',
		])
			expect(relyingParty(origin)).toBeNull();
	});
});

describe('signing in by a passkey over HTTP', () => {
	let server: BuiltServer;
	beforeAll(async () => {
		server = await startTestServer(database, {}, 'localhost');
	});
	afterAll(() => server.stop());

	it('gives a session that counts for staff, and a refusal in words', async () => {
		const here = testApp(database.db, { origin: server.url });
		const owner = await anOwner();
		await app.db
			.insertInto('role_grant')
			.values({ account_id: owner.accountId, role: 'analyst', city_id: null })
			.execute();
		const made = owner.device.make({ challenge: await beginAdding(owner, here), origin: server.url });
		expect(await addPasskey(here, owner.permit, { name: 'a', response: made })).toEqual(right);

		const browser = new HttpBrowser(server.url);
		const begin = async () => {
			const { body } = await browser.post('/kk/sign-in/passkey?/begin', {}, { accept: 'application/json' });
			return /"([\w-]{43})"/.exec((JSON.parse(body) as { data: string }).data)?.[1] ?? '';
		};
		const finish = async (changed: Partial<Answer>) => {
			const response = owner.device.sign({ origin: server.url, challenge: await begin(), ...changed });
			const fields = { response: JSON.stringify(response), next: '//evil.example' };
			return await browser.post('/kk/sign-in/passkey?/finish', fields);
		};
		expect(await finish({ origin: 'https://evil.example' })).toMatchObject({ status: 400 });
		expect(browser.cookies.has('session')).toBe(false);
		expect(await browser.post('/kk/sign-in/passkey?/finish', { response: '[]' })).toMatchObject({
			status: 400,
		});
		expect(await finish({})).toMatchObject({ status: 303, location: '/kk/me' });
		const session = browser.cookies.get('session')!;
		const jar = aJar();
		jar.set('session', session, { path: '/' });
		expect(await findActor(here, jar)).toMatchObject({ accountId: owner.accountId, secondFactorGiven: true });
		const { residency } = await getOwnAccount(app.db, owner.accountId);
		expect(residency).toBeNull();
	});

	it('a passkey of somebody else is not there', async () => {
		const [owner, stranger] = [await anOwnerWithPasskey(), await anOwner()];
		const [passkey] = await listPasskeys(app.db, owner.accountId);
		const jar = aJar();
		await startSession(testApp(database.db, { origin: server.url }), jar, stranger.accountId, null, true);
		const browser = new HttpBrowser(server.url);
		browser.cookies.set('session', jar.get('session')!);
		const path = `/kk/me/security/passkey/${passkey!.id satisfies PasskeyId}`;
		expect(await browser.get(path)).toMatchObject({ status: 404 });
		expect(await browser.post(`${path}?/rename`, { name: 'x' })).toMatchObject({ status: 404 });
		expect(await browser.post(`${path}?/remove`, { password: PASSWORD })).toMatchObject({ status: 404 });
	});
});
