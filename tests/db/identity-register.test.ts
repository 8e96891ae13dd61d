import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { VISITOR } from '#lib/domain/access/actor.ts';
import { CONSENT_VERSION } from '#lib/domain/identity/consent.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	deleteWhatHasExpired,
	findActor,
	findConfirmation,
	getOwnAccount,
	registerAccount,
	resendConfirmation,
	signIn,
	startSession,
} from '#lib/server/identity/index.ts';
import { listMailOfBrowser } from '#lib/server/mail/index.ts';
import { sha256 } from '#lib/server/digest.ts';
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
import { untilSomeoneWaits } from '#tests/support/waiting.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db);
});
afterAll(async () => {
	await database.close();
});

async function mailKinds(accountId: AccountId): Promise<string[]> {
	const rows = await app.db
		.selectFrom('mail')
		.where('account_id', '=', accountId)
		.select('kind')
		.orderBy('id')
		.execute();
	return rows.map((row) => row.kind);
}

function accountsWith(address: string) {
	return app.db
		.selectFrom('account')
		.where('email_key', '=', address.toLowerCase())
		.select([
			'id',
			'email',
			'display_name as displayName',
			'language',
			'password_hash as passwordHash',
			'email_confirmed_at as confirmedAt',
			'consented_at as consentedAt',
			'consent_version as consentVersion',
		])
		.execute();
}

describe('registering', () => {
	it('opens an account that waits, proves the consent and queues one mail', async () => {
		const address = anAddress().toUpperCase();
		const accountId = await register(app, aRegistration({ address, language: 'ru' }));
		const [account] = await accountsWith(address);
		expect(account).toMatchObject({
			id: accountId,
			email: address,
			displayName: 'Айгүл С.',
			language: 'ru',
			confirmedAt: null,
			consentVersion: CONSENT_VERSION,
		});
		expect(account?.consentedAt).not.toBeNull();
		expect(account?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await mailKinds(accountId)).toEqual(['confirm_email']);
	});

	it('A02 leaves a confirmed account as it is and tells its owner alone', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		const [before] = await accountsWith(address);
		const again = { address, password: 'another password', displayName: 'Чужой' };
		await registerAccount(app, aRegistration(again));
		await registerAccount(app, aRegistration(again));
		expect(await accountsWith(address)).toEqual([before]);
		expect(await mailKinds(accountId)).toEqual(['confirm_email', 'address_taken', 'address_taken']);
	});

	it('begins an account anew that nobody has confirmed: earlier link, session and password end', async () => {
		const address = anAddress();
		const accountId = await register(app, aRegistration({ address }));
		const earlierToken = await latestToken(app, accountId);
		const jar = aJar();
		await startSession(app, jar, accountId);
		await register(app, aRegistration({ address, password: 'the owner came later', displayName: 'Иесі' }));
		expect(await findConfirmation(app.db, earlierToken)).toEqual({ state: 'unknown' });
		expect(await findActor(app, jar)).toEqual(VISITOR);
		const email = toEmail(address);
		expect(await signIn(app, { email, password: PASSWORD })).toMatchObject({ ok: false });
		expect(await signIn(app, { email, password: 'the owner came later' })).toMatchObject({ ok: true });
		expect(await findConfirmation(app.db, await latestToken(app, accountId))).toEqual({
			state: 'waiting',
			displayName: 'Иесі',
		});
	});

	it('A09 makes one account of two writings of an address, also when both arrive at once', async () => {
		const address = anAddress();
		await Promise.all([
			registerAccount(app, aRegistration({ address })),
			registerAccount(app, aRegistration({ address: address.toUpperCase() })),
		]);
		const accounts = await accountsWith(address);
		expect(accounts).toHaveLength(1);
		const tokens = await app.db
			.selectFrom('one_time_token')
			.where('account_id', '=', accounts[0]!.id)
			.select('token_hash')
			.execute();
		expect(tokens).toHaveLength(1);
	});

	it('shows mails in a demonstration to the browser that registered, and to no other', async () => {
		const mine = await register(app, aRegistration({ browser: 'my browser' }));
		await register(app, aRegistration({ browser: 'another browser' }));
		await register(app, aRegistration());
		const mails = await listMailOfBrowser(app, sha256('my browser'));
		const { email } = await getOwnAccount(app.db, mine);
		expect(mails).toMatchObject([{ to: email, subject: 'Пошта мекенжайыңызды растаңыз' }]);
		expect(mails[0]?.text).toContain(`${app.origin}/kk/confirm?token=${await latestToken(app, mine)}`);
	});
});

describe('the link of a mail', () => {
	it('confirms the address once', async () => {
		const accountId = await register(app);
		const token = await latestToken(app, accountId);
		expect(await findConfirmation(app.db, token)).toMatchObject({ state: 'waiting' });
		expect(await confirm(app, token)).toMatchObject({ ok: true, value: { accountId } });
		expect(await signedIn(app, accountId)).toMatchObject({ emailConfirmed: true });
		expect(await confirm(app, token)).toEqual({ ok: false, refusal: { code: 'link_not_valid' } });
		expect(await findConfirmation(app.db, token)).toEqual({ state: 'confirmed' });
	});

	it('A07 is given to one of many requests at once', async () => {
		const token = await latestToken(app, await register(app));
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => confirm(app, token)));
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
	});

	it('A07 ends without a deadlock when the account is begun anew at the same instant', async () => {
		const accountId = await register(app);
		const token = await latestToken(app, accountId);
		// A registration's two steps, held apart.
		const confirming = await database.db.transaction().execute(async (tx) => {
			await tx.selectFrom('account').where('id', '=', accountId).select('id').forUpdate().execute();
			const confirmed = confirm(app, token).catch((error: unknown) => error);
			await untilSomeoneWaits(database);
			await tx.deleteFrom('one_time_token').where('account_id', '=', accountId).execute();
			return { confirmed };
		});
		expect(await confirming.confirmed).toEqual({ ok: false, refusal: { code: 'link_not_valid' } });
	});

	it('A07 ends with its time, by the clock of the database', async () => {
		const accountId = await register(app);
		const token = await latestToken(app, accountId);
		await app.db
			.updateTable('one_time_token')
			.set({ expires_at: sql<Instant>`clock_timestamp() - interval '1 millisecond'` })
			.where('account_id', '=', accountId)
			.execute();
		expect(await findConfirmation(app.db, token)).toEqual({ state: 'expired' });
		expect(await confirm(app, token)).toMatchObject({ ok: false });
		await deleteWhatHasExpired(app);
		expect(await findConfirmation(app.db, token)).toEqual({ state: 'unknown' });
	});

	it('A06 cannot be had from the database', async () => {
		const accountId = await register(app);
		const token = await latestToken(app, accountId);
		const { rows } = await sql<{ everything: string }>`
			select string_agg(row_to_json(mail)::text || row_to_json(one_time_token)::text, '') as everything
			from mail join one_time_token using (account_id)
			where account_id = ${accountId}`.execute(app.db);
		const everything = rows[0]!.everything;
		expect(everything).toContain(accountId);
		expect(everything).not.toContain(token);
		expect(everything).not.toContain(Buffer.from(token).toString('hex'));
	});

	it.each(['', 'x', 'x'.repeat(10_000), '\u0000'])('is unknown when made up: %j', async (token) => {
		expect(await findConfirmation(app.db, token)).toEqual({ state: 'unknown' });
		expect(await confirm(app, token)).toMatchObject({ ok: false });
	});

	it('can be asked for again; the earlier one goes on working', async () => {
		const accountId = await register(app);
		const first = await latestToken(app, accountId);
		const permit = permitFor(await signedIn(app, accountId), 'account.resend_confirmation', { cityId: null });
		await resendConfirmation(app, permit);
		const second = await latestToken(app, accountId);
		expect(second).not.toBe(first);
		expect(await confirm(app, first)).toMatchObject({ ok: true });
		await resendConfirmation(app, permit);
		expect(await mailKinds(accountId)).toEqual(['confirm_email', 'confirm_email']);
	});
});

describe('signing in', () => {
	it('knows the owner, however the address and the letters of the password are typed', async () => {
		const address = anAddress();
		const password = 'Йошкин ёлочный май';
		const accountId = await register(app, aRegistration({ address, password }));
		expect(
			await signIn(app, { email: toEmail(address.toUpperCase()), password: password.normalize('NFD') }),
		).toMatchObject({ ok: true, value: { accountId } });
	});

	it.each([
		['a wrong password', PASSWORD.toUpperCase()],
		['one that could never be a password', 'short'],
		['an endless one', 'a'.repeat(1_000_000)],
	])('refuses %s in the words for an unknown address', async (_, password) => {
		const address = anAddress();
		await register(app, aRegistration({ address }));
		const known = await signIn(app, { email: toEmail(address), password });
		const unknown = await signIn(app, { email: toEmail(anAddress()), password });
		expect(known).toEqual({ ok: false, refusal: { code: 'sign_in_refused' } });
		expect(unknown).toEqual(known);
	});
});

describe('an account that nobody confirmed', () => {
	it('is deleted after thirty days, a confirmed one never', async () => {
		const waiting = await register(app);
		const late = await register(app);
		const confirmed = await registerAndConfirm(app);
		await app.db
			.updateTable('account')
			.set({
				created_at: sql<Instant>`clock_timestamp() - interval '31 days'`,
				consented_at: sql<Instant>`clock_timestamp() - interval '31 days'`,
			})
			.where('id', 'in', [late, confirmed])
			.execute();
		await deleteWhatHasExpired(app);
		const left = await app.db
			.selectFrom('account')
			.where('id', 'in', [waiting, late, confirmed])
			.select('id')
			.orderBy('id')
			.execute();
		expect(left.map(({ id }) => id)).toEqual([waiting, confirmed].sort());
	});
});
