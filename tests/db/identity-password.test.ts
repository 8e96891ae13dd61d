import { hash } from '@node-rs/argon2';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISITOR, type SignedIn } from '#lib/domain/access/actor.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { parseNewPassword, type Password } from '#lib/domain/identity/password.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	changePassword,
	findActor,
	findLink,
	requestReset,
	resetPassword,
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
	PASSWORD,
	register,
	registerAndConfirm,
	signedIn,
	toEmail,
} from '#tests/support/factories/registration.ts';
import { permitFor } from '#tests/support/permit.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db);
});
afterAll(async () => {
	await database.close();
});

const toPassword = (text: string): Password => {
	const parsed = parseNewPassword(text);
	if (!parsed.ok) throw new Error(parsed.refusal.code);
	return parsed.value;
};
const NEXT = toPassword('another set of words');

const ownPermit = (actor: SignedIn) => permitFor(actor, 'account.manage', { cityId: null });

async function hashOf(accountId: AccountId): Promise<string> {
	const row = await app.db
		.selectFrom('account')
		.where('id', '=', accountId)
		.select('password_hash as hash')
		.executeTakeFirstOrThrow();
	return row.hash;
}

async function mailKinds(accountId: AccountId): Promise<string[]> {
	const rows = await app.db
		.selectFrom('mail')
		.where('account_id', '=', accountId)
		.select('kind')
		.orderBy('id')
		.execute();
	return rows.map((row) => row.kind);
}

async function aResetToken(accountId: AccountId, address: string): Promise<string> {
	await requestReset(app, toEmail(address), 'kk');
	return await latestToken(app, accountId, 'reset_password');
}

describe('changing the password', () => {
	it('takes the current one, ends every session and tells the owner', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		const jar = aJar();
		await startSession(app, jar, accountId);
		const permit = ownPermit(await signedIn(app, accountId));
		expect(await changePassword(app, permit, { current: 'not it at all', next: NEXT })).toEqual({
			ok: false,
			refusal: { code: 'password_wrong' },
		});
		expect(await findActor(app, jar)).toMatchObject({ accountId });
		expect(await changePassword(app, permit, { current: PASSWORD, next: NEXT })).toEqual({
			ok: true,
			value: null,
		});
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await mailKinds(accountId)).toEqual(['confirm_email', 'password_changed']);
		const email = toEmail(address);
		expect(await signIn(app, { email, password: PASSWORD })).toMatchObject({ ok: false });
		expect(await signIn(app, { email, password: NEXT })).toMatchObject({ ok: true, value: { accountId } });
	});

	it('of two at once lets one through', async () => {
		const accountId = await registerAndConfirm(app);
		const permit = ownPermit(await signedIn(app, accountId));
		const outcomes = await Promise.all(
			['first set of words', 'second set of words'].map((text) =>
				changePassword(app, permit, { current: PASSWORD, next: toPassword(text) }),
			),
		);
		expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
	});

	it('refuses what the owner is called', async () => {
		const accountId = await registerAndConfirm(app, aRegistration({ displayName: 'Қарлығаш' }));
		const permit = ownPermit(await signedIn(app, accountId));
		const next = toPassword('Қарлығаш1975');
		expect(await changePassword(app, permit, { current: PASSWORD, next })).toMatchObject({
			refusal: { code: 'password_common' },
		});
	});

	it('takes back the links that were asked for before it', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		const token = await aResetToken(accountId, address);
		await changePassword(app, ownPermit(await signedIn(app, accountId)), { current: PASSWORD, next: NEXT });
		expect(await findLink(app.db, token, 'reset_password')).toEqual({ state: 'unknown' });
	});
});

describe('a forgotten password', () => {
	it('is set anew by the link, which ends all sessions and signs nobody in', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		const jar = aJar();
		await startSession(app, jar, accountId);
		const token = await aResetToken(accountId, address);
		expect(await findLink(app.db, token, 'reset_password')).toMatchObject({
			state: 'waiting',
			email: address,
		});
		expect(await resetPassword(app, { token, next: NEXT })).toEqual({ ok: true, value: toEmail(address) });
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await findLink(app.db, token, 'reset_password')).toEqual({ state: 'used' });
		expect(await signIn(app, { email: toEmail(address), password: NEXT })).toMatchObject({ ok: true });
		expect(await mailKinds(accountId)).toEqual(['confirm_email', 'reset_password', 'password_changed']);
	});

	it('confirms the address too: the mail was read there', async () => {
		const address = anAddress();
		const accountId = await register(app, aRegistration({ address }));
		await resetPassword(app, { token: await aResetToken(accountId, address), next: NEXT });
		// Who registered may be somebody else than who reads the mail: nobody has agreed yet.
		expect(await signedIn(app, accountId)).toMatchObject({ emailConfirmed: true, consentIsCurrent: false });
	});

	it('leaves the link good when the new one is refused', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address, displayName: 'Қарлығаш' }));
		const token = await aResetToken(accountId, address);
		const refused = await resetPassword(app, { token, next: toPassword('Қарлығаш1975') });
		expect(refused).toMatchObject({ refusal: { code: 'password_common' } });
		expect(await resetPassword(app, { token, next: NEXT })).toMatchObject({ ok: true });
	});

	it('for an address without an account queues one mail too, which says so and is in the language of the page', async () => {
		const address = anAddress();
		await requestReset(app, toEmail(address), 'en');
		const rows = await app.db
			.selectFrom('mail')
			.where('address', '=', address)
			.select(['kind', 'account_id as accountId', 'language'])
			.execute();
		expect(rows).toEqual([{ kind: 'no_account', accountId: null, language: 'en' }]);
	});
});

describe('a hash of an earlier cost', () => {
	const OLD = { algorithm: 2, memoryCost: 4_096, timeCost: 3, parallelism: 1 };

	it('is made anew at the next sign-in, and not by a wrong password', async () => {
		const address = anAddress();
		const accountId = await register(app, aRegistration({ address }));
		const old = await hash(PASSWORD, OLD);
		await app.db.updateTable('account').set({ password_hash: old }).where('id', '=', accountId).execute();
		const email = toEmail(address);
		await signIn(app, { email, password: 'not the password at all' });
		expect(await hashOf(accountId)).toBe(old);
		expect(await signIn(app, { email, password: PASSWORD })).toMatchObject({
			ok: true,
			value: { accountId },
		});
		const renewed = await hashOf(accountId);
		expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		await signIn(app, { email, password: PASSWORD });
		expect(await hashOf(accountId)).toBe(renewed);
	});
});

it('a link works for an hour', async () => {
	const address = anAddress();
	const accountId = await registerAndConfirm(app, aRegistration({ address }));
	const token = await aResetToken(accountId, address);
	const { minutes } = await app.db
		.selectFrom('one_time_token')
		.where('account_id', '=', accountId)
		.where('purpose', '=', 'reset_password')
		.select(sql<number>`round(extract(epoch from expires_at - clock_timestamp()) / 60)::int`.as('minutes'))
		.executeTakeFirstOrThrow();
	expect(minutes).toBe(60);
	await app.db
		.updateTable('one_time_token')
		.set({ expires_at: sql<Instant>`clock_timestamp() - interval '1 millisecond'` })
		.where('account_id', '=', accountId)
		.execute();
	expect(await findLink(app.db, token, 'reset_password')).toEqual({ state: 'expired' });
});
