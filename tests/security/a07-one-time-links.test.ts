import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISITOR } from '#lib/domain/access/actor.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	confirmNewEmail,
	requestNewEmail,
	requestReset,
	resetPassword,
	restoreEmail,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	anAddress,
	aRegistration,
	confirm as confirmByPassword,
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

const reset = (token: string) => {
	const next = parseNewPassword('another set of words');
	if (!next.ok) throw new Error(next.refusal.code);
	return resetPassword(app, { token, next: next.value });
};
const confirm = (token: string) => confirmByPassword(app, token);

type Use = (token: string) => Promise<{ readonly ok: boolean }>;

async function aResetLink(): Promise<{ token: string; accountId: AccountId }> {
	const address = anAddress();
	const accountId = await registerAndConfirm(app, aRegistration({ address }));
	await requestReset(app, toEmail(address), 'kk');
	return { token: await latestToken(app, accountId, 'reset_password'), accountId };
}

async function aConfirmationLink(): Promise<{ token: string; accountId: AccountId }> {
	const accountId = await register(app);
	return { token: await latestToken(app, accountId), accountId };
}

async function aNewAddressLink(): Promise<{ token: string; accountId: AccountId }> {
	const accountId = await registerAndConfirm(app);
	const permit = permitFor(await signedIn(app, accountId), 'account.manage', { cityId: null });
	await requestNewEmail(app, permit, { current: PASSWORD, email: toEmail(anAddress()) });
	return { token: await latestToken(app, accountId, 'confirm_new_email'), accountId };
}

async function aWayBackLink(): Promise<{ token: string; accountId: AccountId }> {
	const { token, accountId } = await aNewAddressLink();
	await move(token);
	return { token: await latestToken(app, accountId, 'email_changed'), accountId };
}

const move = (token: string) => confirmNewEmail(app, token, { actor: VISITOR, password: PASSWORD });
const restore = (token: string) => {
	const next = parseNewPassword('another set of words');
	if (!next.ok) throw new Error(next.refusal.code);
	return restoreEmail(app, { token, next: next.value });
};

const LINKS: [string, typeof aResetLink, Use, Use][] = [
	['that moves an account', aNewAddressLink, move, restore],
	['that moves it back', aWayBackLink, restore, move],
	['that sets a password', aResetLink, reset, confirm],
	['that confirms an address', aConfirmationLink, confirm, reset],
];

const refusal = { ok: false, refusal: { code: 'link_not_valid' } };

/** Seen red without each of the conditions of `takeToken`: purpose, used_at, expires_at. */
describe.each(LINKS)('A07 a link %s', (_, make, use, misuse) => {
	it('does nothing else', async () => {
		const { token } = await make();
		expect(await misuse(token)).toEqual(refusal);
		expect(await use(token)).toMatchObject({ ok: true });
	});

	it('does it once', async () => {
		const { token } = await make();
		expect(await use(token)).toMatchObject({ ok: true });
		expect(await use(token)).toEqual(refusal);
	});

	it('does it once, also for ten requests at the same time', async () => {
		const { token } = await make();
		const outcomes = await Promise.all(Array.from({ length: 10 }, () => use(token)));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
	});

	it('does nothing once it has expired by the clock of the database', async () => {
		const { token, accountId } = await make();
		await app.db
			.updateTable('one_time_token')
			.set({ expires_at: sql<Instant>`clock_timestamp()` })
			.where('account_id', '=', accountId)
			.execute();
		expect(await use(token)).toEqual(refusal);
	});

	it('A06 cannot be made from what the database holds', async () => {
		const { accountId } = await make();
		const { mails, hashes } = await app.db
			.selectNoFrom([
				sql<string[]>`(select array_agg(id::text) from mail where account_id = ${accountId})`.as('mails'),
				sql<
					string[]
				>`(select array_agg(encode(token_hash, 'hex')) from one_time_token where account_id = ${accountId})`.as(
					'hashes',
				),
			])
			.executeTakeFirstOrThrow();
		for (const found of [
			...mails,
			...hashes,
			...hashes.map((hex) => Buffer.from(hex, 'hex').toString('base64url')),
		]) {
			expect(await use(found)).toEqual(refusal);
		}
	});
});
