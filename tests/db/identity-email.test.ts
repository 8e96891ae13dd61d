import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISITOR, type Actor } from '#lib/domain/access/actor.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	confirmNewEmail,
	findActor,
	findLink,
	getOwnAccount,
	requestNewEmail,
	requestReset,
	restoreEmail,
	signIn,
	startSession,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	aJar,
	anAddress,
	aRegistration,
	confirm,
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

const NEXT = (() => {
	const parsed = parseNewPassword('another set of words');
	if (!parsed.ok) throw new Error(parsed.refusal.code);
	return parsed.value;
})();

async function ask(accountId: AccountId, address: string, current = PASSWORD) {
	const permit = permitFor(await signedIn(app, accountId), 'account.manage', { cityId: null });
	return await requestNewEmail(app, permit, { current, email: toEmail(address) });
}

const move = (token: string, { actor = VISITOR as Actor, password = PASSWORD as string } = {}) =>
	confirmNewEmail(app, token, { actor, password });

async function aMovedAccount() {
	const [before, after] = [anAddress(), anAddress()];
	const accountId = await registerAndConfirm(app, aRegistration({ address: before }));
	const jar = aJar();
	await startSession(app, jar, accountId);
	await ask(accountId, after);
	const moved = await move(await latestToken(app, accountId, 'confirm_new_email'));
	expect(moved).toEqual({ ok: true, value: null });
	return { accountId, before, after, jar };
}

const emailOf = async (accountId: AccountId) => (await getOwnAccount(app.db, accountId)).email;

async function mailsOf(accountId: AccountId) {
	const rows = await app.db
		.selectFrom('mail')
		.where('account_id', '=', accountId)
		.select(['kind', 'address'])
		.orderBy('id')
		.execute();
	return rows.map(({ kind, address }) => [kind, address]);
}

describe('a change of address', () => {
	it('changes nothing until the link at the new address is used, then tells the old one', async () => {
		const [before, after] = [anAddress(), anAddress()];
		const accountId = await registerAndConfirm(app, aRegistration({ address: before }));
		const jar = aJar();
		await startSession(app, jar, accountId);
		expect(await ask(accountId, after)).toEqual({ ok: true, value: null });
		expect(await emailOf(accountId)).toBe(before);
		const token = await latestToken(app, accountId, 'confirm_new_email');
		expect(await findLink(app.db, token, 'change_email')).toMatchObject({ state: 'waiting', email: after });
		await move(token);
		expect(await emailOf(accountId)).toBe(after);
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await mailsOf(accountId)).toEqual([
			['confirm_email', null],
			['confirm_new_email', after],
			['email_changed', before],
		]);
		expect(await signIn(app, { email: toEmail(after), password: PASSWORD })).toMatchObject({ ok: true });
		expect(await signIn(app, { email: toEmail(before), password: PASSWORD })).toMatchObject({ ok: false });
	});

	it('asks for the password, and for another address than the present', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		expect(await ask(accountId, anAddress(), 'not it at all')).toMatchObject({
			refusal: { code: 'password_wrong' },
		});
		expect(await ask(accountId, address.toUpperCase())).toMatchObject({ refusal: { code: 'email_same' } });
	});

	it('A02 to an address that has an account looks the same; its owner is told the truth', async () => {
		const taken = anAddress();
		const holder = await registerAndConfirm(app, aRegistration({ address: taken }));
		const accountId = await registerAndConfirm(app);
		expect(await ask(accountId, taken)).toEqual(await ask(accountId, anAddress()));
		expect(await mailsOf(holder)).toEqual([
			['confirm_email', null],
			['address_taken', null],
		]);
	});

	it('takes the address from an account that only claims it', async () => {
		const claimed = anAddress();
		const accountId = await registerAndConfirm(app);
		await ask(accountId, claimed);
		const squatter = await register(app, aRegistration({ address: claimed }));
		await move(await latestToken(app, accountId, 'confirm_new_email'));
		expect(await emailOf(accountId)).toBe(claimed);
		await expect(getOwnAccount(app.db, squatter)).rejects.toThrow();
	});

	it('is refused when the address was confirmed by another account meanwhile; the link stays good', async () => {
		const wanted = anAddress();
		const accountId = await registerAndConfirm(app);
		await ask(accountId, wanted);
		const other = await register(app, aRegistration({ address: wanted }));
		await confirm(app, await latestToken(app, other));
		const token = await latestToken(app, accountId, 'confirm_new_email');
		expect(await move(token)).toEqual({ ok: false, refusal: { code: 'email_taken' } });
		expect(await findLink(app.db, token, 'change_email')).toMatchObject({ state: 'waiting' });
	});

	it('gives no way back to an address that was never confirmed', async () => {
		const accountId = await register(app);
		await ask(accountId, anAddress());
		await move(await latestToken(app, accountId, 'confirm_new_email'));
		expect((await mailsOf(accountId)).map(([kind]) => kind)).not.toContain('email_changed');
		expect(await signedIn(app, accountId)).toMatchObject({ emailConfirmed: true });
	});

	it('asks for the password where nobody is signed in to the account: strangers give anybody’s address', async () => {
		const accountId = await registerAndConfirm(app);
		await ask(accountId, anAddress());
		const token = await latestToken(app, accountId, 'confirm_new_email');
		expect(await move(token, { password: '' })).toMatchObject({ refusal: { code: 'password_missing' } });
		const stranger = await signedIn(app, await registerAndConfirm(app));
		expect(await move(token, { actor: stranger, password: 'not it at all' })).toMatchObject({
			refusal: { code: 'password_wrong' },
		});
		const actor = await signedIn(app, accountId);
		expect(await move(token, { actor, password: '' })).toEqual({ ok: true, value: null });
	});

	it('takes back reset links that went to the old address', async () => {
		const before = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address: before }));
		await requestReset(app, toEmail(before), 'kk');
		const reset = await latestToken(app, accountId, 'reset_password');
		await ask(accountId, anAddress());
		await move(await latestToken(app, accountId, 'confirm_new_email'));
		expect(await findLink(app.db, reset, 'reset_password')).toEqual({ state: 'unknown' });
	});
});

describe('the way back', () => {
	it('restores the old address, sets a new password and ends all sessions', async () => {
		const { accountId, before, after } = await aMovedAccount();
		const thief = aJar();
		await startSession(app, thief, accountId);
		const token = await latestToken(app, accountId, 'email_changed');
		expect(await restoreEmail(app, { token, next: NEXT })).toEqual({ ok: true, value: toEmail(before) });
		expect(await findActor(app, thief)).toEqual(VISITOR);
		expect(await signIn(app, { email: toEmail(before), password: NEXT })).toMatchObject({ ok: true });
		expect(await signIn(app, { email: toEmail(after), password: PASSWORD })).toMatchObject({ ok: false });
		expect(await signIn(app, { email: toEmail(before), password: PASSWORD })).toMatchObject({ ok: false });
	});

	it('leads to the first address also after a second change, and the second way back is gone', async () => {
		const { accountId, before } = await aMovedAccount();
		const first = await latestToken(app, accountId, 'email_changed');
		await ask(accountId, anAddress());
		await move(await latestToken(app, accountId, 'confirm_new_email'));
		const second = await latestToken(app, accountId, 'email_changed');
		expect(second).not.toBe(first);
		expect(await restoreEmail(app, { token: first, next: NEXT })).toMatchObject({ ok: true });
		expect(await emailOf(accountId)).toBe(before);
		expect(await restoreEmail(app, { token: second, next: NEXT })).toMatchObject({ ok: false });
	});
});
