import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISITOR } from '#lib/domain/access/actor.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { parseInstant, type Instant } from '#lib/domain/base/time.ts';
import { parseSecondFactorCode } from '#lib/domain/identity/second-factor.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	beginHalfSignIn,
	beginTotp,
	completeSignIn,
	confirmTotp,
	deleteWhatHasExpired,
	endAllSessions,
	findActor,
	findBegunTotp,
	findHalfSignIn,
	findSignInNeeds,
	getOwnAccount,
	getSecondFactor,
	proveSecondFactor,
	removeTotp,
	renewRecoveryCodes,
	resetSecondFactor,
	startSession,
	takeHalfSignIn,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	aJar,
	PASSWORD,
	registerAndConfirm,
	signedIn,
	toEmail,
} from '#tests/support/factories/registration.ts';
import { aSecondFactor, codeOf } from '#tests/support/factories/second-factor.ts';
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

const wrong = { ok: false, refusal: { code: 'factor_code_wrong' } };
const right = { ok: true, value: null };

function prove(accountId: AccountId, typed: string, at: Pick<Capabilities, 'clock'> = app) {
	const code = parseSecondFactorCode(typed);
	if (!code.ok) throw new Error(code.refusal.code);
	return proveSecondFactor({ ...app, clock: at.clock }, accountId, code.value);
}

/** An account, its permit, and what its app keeps. */
async function anEnrolledAccount() {
	const accountId = await registerAndConfirm(app);
	const permit = permitFor(await signedIn(app, accountId), 'factor.manage', { cityId: null });
	expect(await beginTotp(app, permit, PASSWORD)).toEqual(right);
	const { secret } = (await findBegunTotp(app, accountId))!;
	const codes = await confirmTotp(app, permit, codeOf(secret, -1));
	if (!codes.ok) throw new Error(codes.refusal.code);
	return { accountId, permit, secret, codes: codes.value };
}

/** Seen red without `.where('last_step', '<', step)` and without `.where('used_at', 'is', null)`. */
describe('A10', () => {
	it('a code of the app counts once, also for eight requests at the same time', async () => {
		const { accountId, secret } = await anEnrolledAccount();
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => prove(accountId, codeOf(secret))));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await prove(accountId, codeOf(secret))).toEqual(wrong);
	});

	it('the code that switched it on counts no more', async () => {
		const { accountId, secret } = await anEnrolledAccount();
		expect(await prove(accountId, codeOf(secret, -1))).toEqual(wrong);
	});

	it('a code of before the newest used one counts no more', async () => {
		const { accountId, secret } = await anEnrolledAccount();
		expect(await prove(accountId, codeOf(secret, 1))).toEqual(right);
		expect(await prove(accountId, codeOf(secret))).toEqual(wrong);
	});

	it.each([-2, 2])('a code of %i half minutes away is too far off', async (steps) => {
		const accountId = await registerAndConfirm(app);
		const secret = await aSecondFactor(app, accountId);
		const now = parseInstant(new Date().toISOString());
		const clock = () => now;
		expect(await prove(accountId, codeOf(secret, steps), { clock })).toEqual(wrong);
	});

	it('a recovery code counts once, also for eight requests at the same time', async () => {
		const { accountId, codes } = await anEnrolledAccount();
		expect(new Set(codes).size).toBe(10);
		const outcomes = await Promise.all(Array.from({ length: 8 }, () => prove(accountId, codes[0]!)));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await prove(accountId, codes[0]!)).toEqual(wrong);
		expect(await prove(accountId, codes[1]!.toUpperCase().replace('-', ' '))).toEqual(right);
		expect(await getSecondFactor(app.db, accountId)).toMatchObject({ recoveryCodesLeft: 8 });
	});

	it('codes of one account are none of another', async () => {
		const mine = await anEnrolledAccount();
		const yours = await anEnrolledAccount();
		expect(await prove(mine.accountId, yours.codes[0]!)).toEqual(wrong);
		expect(await prove(mine.accountId, codeOf(yours.secret))).toEqual(wrong);
	});
});

describe('switching on', () => {
	it('asks for the password, and for nothing at sign-in until a code was shown', async () => {
		const accountId = await registerAndConfirm(app);
		const permit = permitFor(await signedIn(app, accountId), 'factor.manage', { cityId: null });
		expect(await beginTotp(app, permit, 'another one')).toMatchObject({
			refusal: { code: 'password_wrong' },
		});
		expect(await findBegunTotp(app, accountId)).toBeNull();
		await beginTotp(app, permit, PASSWORD);
		const first = await findBegunTotp(app, accountId);
		await beginTotp(app, permit, PASSWORD);
		const second = await findBegunTotp(app, accountId);
		expect(await findSignInNeeds(app.db, accountId)).toEqual({ hasSecondFactor: false, isStaff: false });
		expect(await prove(accountId, codeOf(second!.secret))).toEqual(wrong);
		expect(await confirmTotp(app, permit, codeOf(first!.secret))).toEqual(wrong);
		expect(await confirmTotp(app, permit, codeOf(second!.secret))).toMatchObject({ ok: true });
		expect(await findSignInNeeds(app.db, accountId)).toEqual({ hasSecondFactor: true, isStaff: false });
		expect(second!.address).toMatch(/^otpauth:\/\/totp\/Ortaq%20Budget:.+secret=[A-Z2-7]{32}&/);
	});

	it('is forgotten after a day when no code was shown, and never once it is on', async () => {
		const [begun, fresh, on] = [
			await registerAndConfirm(app),
			await registerAndConfirm(app),
			await registerAndConfirm(app),
		];
		await aSecondFactor(app, begun, { confirmed: false });
		await aSecondFactor(app, fresh, { confirmed: false });
		await aSecondFactor(app, on);
		await app.db
			.updateTable('totp')
			.set({ begun_at: sql<Instant>`clock_timestamp() - interval '25 hours'` })
			.where('account_id', 'in', [begun, on])
			.execute();
		await deleteWhatHasExpired(app);
		const kept = await app.db
			.selectFrom('totp')
			.where('account_id', 'in', [begun, fresh, on])
			.select('account_id')
			.execute();
		expect(new Set(kept.map(({ account_id }) => account_id))).toEqual(new Set([fresh, on]));
	});

	it('ends every session, and is not begun again', async () => {
		const accountId = await registerAndConfirm(app);
		const jar = aJar();
		await startSession(app, jar, accountId);
		const permit = permitFor(await signedIn(app, accountId), 'factor.manage', { cityId: null });
		await beginTotp(app, permit, PASSWORD);
		const { secret } = (await findBegunTotp(app, accountId))!;
		await confirmTotp(app, permit, codeOf(secret));
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await beginTotp(app, permit, PASSWORD)).toMatchObject({ refusal: { code: 'factor_exists' } });
		expect(await findBegunTotp(app, accountId)).toBeNull();
	});

	it('A06 leaves nothing in the database that makes a code', async () => {
		const { accountId, secret, codes } = await anEnrolledAccount();
		const rows = await app.db
			.selectFrom('totp')
			.innerJoin('recovery_code', 'recovery_code.account_id', 'totp.account_id')
			.where('totp.account_id', '=', accountId)
			.select(['sealed_secret as sealed', 'code_hash as hash'])
			.execute();
		const kept = rows.flatMap(({ sealed, hash }) => [sealed, hash]).map((bytes) => Buffer.from(bytes));
		const { Secret } = await import('otpauth');
		const raw = Buffer.from(Secret.fromBase32(secret).bytes);
		for (const bytes of kept) {
			expect(bytes.includes(raw)).toBe(false);
			for (const code of codes) expect(bytes.toString('latin1')).not.toContain(code.replace('-', ''));
		}
	});
});

describe('switching off, and new recovery codes', () => {
	it('take the password', async () => {
		const { permit, accountId } = await anEnrolledAccount();
		const refused = { refusal: { code: 'password_wrong' } };
		expect(await removeTotp(app, permit, 'another one')).toMatchObject(refused);
		expect(await renewRecoveryCodes(app, permit, 'another one')).toMatchObject(refused);
		expect(await findSignInNeeds(app.db, accountId)).toMatchObject({ hasSecondFactor: true });
	});

	it('void the codes before', async () => {
		const { permit, accountId, codes } = await anEnrolledAccount();
		const renewed = await renewRecoveryCodes(app, permit, PASSWORD);
		expect(await prove(accountId, codes[0]!)).toEqual(wrong);
		expect(await prove(accountId, renewed.ok ? renewed.value[0]! : '')).toEqual(right);
	});

	it('leave sessions that no longer count as having given it', async () => {
		const { permit, accountId, secret } = await anEnrolledAccount();
		const jar = aJar();
		await startSession(app, jar, accountId, null, true);
		expect(await findActor(app, jar)).toMatchObject({ secondFactorGiven: true });
		expect(await removeTotp(app, permit, PASSWORD)).toEqual(right);
		expect(await findActor(app, jar)).toMatchObject({ secondFactorGiven: false });
		expect(await prove(accountId, codeOf(secret))).toEqual(wrong);
		expect(await getSecondFactor(app.db, accountId)).toEqual({ since: null, recoveryCodesLeft: 0 });
		expect(await renewRecoveryCodes(app, permit, PASSWORD)).toMatchObject({ ok: false });
	});
});

describe('the operator', () => {
	it('resets it for who has lost everything, on record, and ends every session', async () => {
		const { accountId, secret } = await anEnrolledAccount();
		const jar = aJar();
		await startSession(app, jar, accountId, null, true);
		const { email } = await getOwnAccount(app.db, accountId);
		expect(await resetSecondFactor(app, toEmail(email))).toEqual(right);
		expect(await findSignInNeeds(app.db, accountId)).toMatchObject({ hasSecondFactor: false });
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await prove(accountId, codeOf(secret))).toEqual(wrong);
		const acts = await app.db
			.selectFrom('audit_entry')
			.where('subject_id', '=', accountId)
			.select(['action', 'actor_id as actorId'])
			.execute();
		expect(acts).toEqual([{ action: 'second_factor.reset', actorId: null }]);
		expect(await resetSecondFactor(app, toEmail(email))).toMatchObject({ ok: false });
	});
});

it('whatever changes it is told to the owner, who may not have done it', async () => {
	const kindsOf = async (accountId: AccountId) => {
		const rows = await app.db
			.selectFrom('mail')
			.where('account_id', '=', accountId)
			.where('kind', 'in', ['second_factor_on', 'second_factor_off', 'second_factor_reset'])
			.select('kind')
			.orderBy('id')
			.execute();
		return rows.map(({ kind }) => kind);
	};
	const one = await anEnrolledAccount();
	await removeTotp(app, one.permit, PASSWORD);
	await removeTotp(app, one.permit, PASSWORD);
	expect(await kindsOf(one.accountId)).toEqual(['second_factor_on', 'second_factor_off']);
	const other = await anEnrolledAccount();
	await resetSecondFactor(app, toEmail((await getOwnAccount(app.db, other.accountId)).email));
	expect(await kindsOf(other.accountId)).toEqual(['second_factor_on', 'second_factor_reset']);
});

describe('a sign-in that owes the second factor', () => {
	it('is no session, works once, and only in its browser', async () => {
		const accountId = await registerAndConfirm(app);
		const jar = aJar();
		await beginHalfSignIn(app, jar, accountId);
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await findHalfSignIn(app, aJar())).toBeNull();
		expect(await findHalfSignIn(app, jar)).toMatchObject({ accountId });
		const copy = aJar();
		for (const [name, { value }] of jar.cookies) copy.set(name, value, { path: '/' });
		const taken = await Promise.all([takeHalfSignIn(app, jar), takeHalfSignIn(app, copy)]);
		expect(taken.sort()).toEqual([false, true]);
		expect(await findHalfSignIn(app, copy)).toBeNull();
	});

	// Red when `completeSignIn` begins the session before it knows that there is a sign-in to complete.
	it('is completed once, and a second sending does not end what the first has begun', async () => {
		const accountId = await registerAndConfirm(app);
		const jar = aJar();
		await beginHalfSignIn(app, jar, accountId);
		expect(await completeSignIn(app, jar, accountId, null)).toBe(true);
		expect(await completeSignIn(app, jar, accountId, null)).toBe(false);
		expect(await findActor(app, jar)).toMatchObject({ accountId, secondFactorGiven: true });
	});

	it('ends with its time, and when all sessions of the account end', async () => {
		const accountId = await registerAndConfirm(app);
		const [late, ended] = [aJar(), aJar()];
		await beginHalfSignIn(app, late, accountId);
		await database.owner
			.updateTable('half_sign_in')
			.set({ expires_at: '2020-01-01T00:00:00.000Z' as never })
			.execute();
		await beginHalfSignIn(app, ended, accountId);
		expect(await findHalfSignIn(app, late)).toBeNull();
		expect(await takeHalfSignIn(app, late)).toBe(false);
		await deleteWhatHasExpired(app);
		expect(await findHalfSignIn(app, ended)).not.toBeNull();
		await endAllSessions(app.db, accountId);
		expect(await findHalfSignIn(app, ended)).toBeNull();
	});
});
