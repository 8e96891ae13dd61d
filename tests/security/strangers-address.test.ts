import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISITOR } from '#lib/domain/access/actor.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	confirmEmail,
	findActor,
	isOwnConfirmation,
	markRegistration,
	registerAccount,
	signIn,
	startSession,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	aJar,
	anAddress,
	aRegistration,
	latestToken,
	register,
	signedIn,
	toEmail,
	type TestJar,
} from '#tests/support/factories/registration.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db);
});
afterAll(async () => {
	await database.close();
});

const STRANGERS = 'a password of a stranger';

/** Somebody registers an address that is not theirs, in a browser of their own, and signs in there. */
async function aStrangersRegistration() {
	const address = anAddress();
	const jar = aJar();
	const facts = await registerAccount(app, aRegistration({ address, password: STRANGERS }));
	markRegistration(app, jar, facts);
	const account = await signIn(app, { email: toEmail(address), password: STRANGERS });
	if (!account.ok) throw new Error('the stranger could not sign in');
	const { accountId } = account.value;
	await startSession(app, jar, accountId);
	return { accountId, address, jar, token: await latestToken(app, accountId) };
}

const open = (token: string, jar: TestJar, password: string | null = null) =>
	confirmEmail(app, token, { actor: VISITOR, cookies: jar, password });

/** Seen red without the call of `isOwn` in `confirmEmail`, and without its `endAllSessions`. */
describe("a stranger who registers somebody's address", () => {
	it('is not let in when the owner of the address opens the link and presses', async () => {
		const { token, address } = await aStrangersRegistration();
		expect(await open(token, aJar())).toEqual({ ok: false, refusal: { code: 'password_missing' } });
		expect(await open(token, aJar(), 'what the owner would type')).toEqual({
			ok: false,
			refusal: { code: 'registration_password_wrong' },
		});
		const { confirmedAt } = await app.db
			.selectFrom('account')
			.where('email_key', '=', address)
			.select('email_confirmed_at as confirmedAt')
			.executeTakeFirstOrThrow();
		expect(confirmedAt).toBeNull();
	});

	it('is not let in when the owner is signed in to an account of their own, or registered another address', async () => {
		const { token } = await aStrangersRegistration();
		const owner = await signedIn(app, await register(app));
		const jar = aJar();
		markRegistration(app, jar, await registerAccount(app, aRegistration()));
		expect(await isOwnConfirmation(app, token, { actor: owner, cookies: jar })).toBe(false);
		expect(await confirmEmail(app, token, { actor: owner, cookies: jar, password: null })).toMatchObject({
			ok: false,
		});
	});

	it('loses the session and the password when the owner registers too', async () => {
		const { address, jar } = await aStrangersRegistration();
		const own = aJar();
		markRegistration(app, own, await registerAccount(app, aRegistration({ address })));
		const account = await app.db
			.selectFrom('account')
			.where('email_key', '=', address)
			.select('id')
			.executeTakeFirstOrThrow();
		const token = await latestToken(app, account.id);
		expect(await isOwnConfirmation(app, token, { actor: VISITOR, cookies: jar })).toBe(false);
		expect(await open(token, own)).toMatchObject({ ok: true });
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await signIn(app, { email: toEmail(address), password: STRANGERS })).toMatchObject({ ok: false });
	});
});

describe('who confirms the address they registered', () => {
	it('presses once in the browser where they registered', async () => {
		const { jar, accountId, token } = await aStrangersRegistration();
		expect(await isOwnConfirmation(app, token, { actor: VISITOR, cookies: jar })).toBe(true);
		expect(await open(token, jar)).toMatchObject({ ok: true, value: { accountId } });
		expect(jar.cookies.has('registration')).toBe(false);
	});

	it('presses once where they are signed in, and types the password elsewhere', async () => {
		const here = await aStrangersRegistration();
		const actor = await signedIn(app, here.accountId);
		expect(await confirmEmail(app, here.token, { actor, cookies: aJar(), password: null })).toMatchObject({
			ok: true,
		});
		const elsewhere = await aStrangersRegistration();
		expect(await open(elsewhere.token, aJar(), STRANGERS)).toMatchObject({ ok: true });
	});

	it('is signed out everywhere else by it', async () => {
		const { jar, token } = await aStrangersRegistration();
		expect(await findActor(app, jar)).not.toEqual(VISITOR);
		await open(token, aJar(), STRANGERS);
		expect(await findActor(app, jar)).toEqual(VISITOR);
	});

	it('cannot use another link of the same account afterwards', async () => {
		const { jar, token, accountId } = await aStrangersRegistration();
		await open(token, jar, STRANGERS);
		await app.db
			.updateTable('one_time_token')
			.set({ used_at: null })
			.where('account_id', '=', accountId)
			.execute();
		expect(await open(token, jar, STRANGERS)).toEqual({ ok: false, refusal: { code: 'link_not_valid' } });
	});
});
