import { sql } from 'kysely';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type {
	ConfirmTotpRefusal,
	OwnPasswordRefusal,
	SecondFactorRefusal,
} from '#lib/domain/identity/refusals.ts';
import type { AppCode, SecondFactorCode } from '#lib/domain/identity/second-factor.ts';
import type { Capabilities, Db, Reader, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { queueMail, type PlainMailKind } from '../mail/index.ts';
import { lockByHash, provePassword } from './own-password.ts';
import { replaceRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts';
import { endAllSessions } from './session.ts';
import { findTotpStep, makeTotpSecret, openTotpSecret, sealTotpSecret, totpAddress } from './totp-secret.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;
type Owner = Permit<'factor.manage'>;

/** What an account has besides its password. */
export type SecondFactor = {
	/** Since when codes of an app are asked for; null: they are not. */
	readonly since: Instant | null;
	readonly recoveryCodesLeft: number;
};

export async function getSecondFactor(reader: Reader, accountId: AccountId): Promise<SecondFactor> {
	return await reader
		.selectNoFrom((eb) => [
			eb.selectFrom('totp').where('account_id', '=', accountId).select('confirmed_at').as('since'),
			sql<number>`(select count(*)::int from recovery_code where account_id = ${accountId} and used_at is null)`.as(
				'recoveryCodesLeft',
			),
		])
		.executeTakeFirstOrThrow();
}

/** Whether signing in takes a second step, and whether the account must have one. */
export async function findSignInNeeds(
	reader: Reader,
	accountId: AccountId,
): Promise<{ readonly hasSecondFactor: boolean; readonly isStaff: boolean }> {
	return await reader
		.selectNoFrom([
			sql<boolean>`exists (select from totp where account_id = ${accountId} and confirmed_at is not null)`.as(
				'hasSecondFactor',
			),
			sql<boolean>`exists (select from role_grant where account_id = ${accountId})`.as('isStaff'),
		])
		.executeTakeFirstOrThrow();
}

/** Makes a secret for an app to keep; nothing is asked for until the app has shown a code. A new secret voids the last. */
export async function beginTotp(
	app: App,
	{ actor }: Owner,
	password: string,
): Promise<Result<null, OwnPasswordRefusal | { readonly code: 'factor_exists' }>> {
	const { accountId } = actor;
	const proven = await provePassword(app, accountId, password);
	if (!proven.ok) return proven;
	const sealed = sealTotpSecret(app.keys, app.random, accountId, makeTotpSecret(app.random));
	const begun = await app.db
		.insertInto('totp')
		.values({ account_id: accountId, sealed_secret: sealed })
		.onConflict((conflict) =>
			conflict
				.constraint('totp_pkey')
				.doUpdateSet({ sealed_secret: sealed, begun_at: sql<Instant>`clock_timestamp()` })
				.where('totp.confirmed_at', 'is', null),
		)
		.returning('account_id')
		.executeTakeFirst();
	return begun === undefined ? refused({ code: 'factor_exists' }) : ok(null);
}

/** A secret that is begun and not confirmed yet: as text, and as the address for the square code. */
export async function findBegunTotp(
	{ db, keys }: Pick<App, 'db' | 'keys'>,
	accountId: AccountId,
): Promise<{ readonly secret: string; readonly address: string } | null> {
	const row = await db
		.selectFrom('totp')
		.innerJoin('account', 'account.id', 'totp.account_id')
		.where('account_id', '=', accountId)
		.where('confirmed_at', 'is', null)
		.select(['sealed_secret as sealed', 'account.email'])
		.executeTakeFirst();
	if (row === undefined) return null;
	const secret = openTotpSecret(keys, accountId, row.sealed);
	return { secret, address: totpAddress(secret, row.email) };
}

/**
 * From now on signing in asks for a code. Every session ends: the page starts one that has given the second factor.
 * @returns the recovery codes, which are told here once.
 */
export async function confirmTotp(
	app: App,
	{ actor: { accountId } }: Owner,
	code: AppCode,
): Promise<Result<string[], ConfirmTotpRefusal>> {
	return transact<string[], ConfirmTotpRefusal>(app.db, async (tx) => {
		const row = await tx
			.selectFrom('totp')
			.where('account_id', '=', accountId)
			.where('confirmed_at', 'is', null)
			.select('sealed_secret as sealed')
			.forUpdate()
			.executeTakeFirst();
		if (row === undefined) return refused({ code: 'factor_not_begun' });
		const step = findTotpStep(openTotpSecret(app.keys, accountId, row.sealed), code, app.clock());
		if (step === null) return refused({ code: 'factor_code_wrong' });
		await tx
			.updateTable('totp')
			.set({ confirmed_at: sql<Instant>`clock_timestamp()`, last_step: step })
			.where('account_id', '=', accountId)
			.execute();
		await endAllSessions(tx, accountId);
		await tellOwner(tx, app, accountId, 'second_factor_on');
		return ok(await replaceRecoveryCodes(tx, app, accountId));
	});
}

/** Ten new codes for the paper, by who knows the password. */
export async function renewRecoveryCodes(
	app: App,
	{ actor: { accountId } }: Owner,
	password: string,
): Promise<Result<string[], OwnPasswordRefusal | { readonly code: 'factor_not_begun' }>> {
	const proven = await provePassword(app, accountId, password);
	if (!proven.ok) return proven;
	return transact<string[], OwnPasswordRefusal | { readonly code: 'factor_not_begun' }>(
		app.db,
		async (tx) => {
			const account = await lockByHash(tx, accountId, proven.value);
			if (!account.ok) return account;
			const { since } = await getSecondFactor(tx, accountId);
			if (since === null) return refused({ code: 'factor_not_begun' });
			return ok(await replaceRecoveryCodes(tx, app, accountId));
		},
	);
}

/** Back to the password alone, by who knows it. Sessions go on, but no longer count as having given a second factor. */
export async function removeTotp(
	app: App,
	{ actor: { accountId } }: Owner,
	password: string,
): Promise<Result<null, OwnPasswordRefusal>> {
	const proven = await provePassword(app, accountId, password);
	if (!proven.ok) return proven;
	return transact<null, OwnPasswordRefusal>(app.db, async (tx) => {
		const account = await lockByHash(tx, accountId, proven.value);
		if (!account.ok) return account;
		const { since } = await getSecondFactor(tx, accountId);
		await deleteSecondFactor(tx, accountId);
		if (since !== null) await tellOwner(tx, app, accountId, 'second_factor_off');
		return ok(null);
	});
}

/** It may not have been them: whoever has the password could do it. */
export async function tellOwner(
	tx: Tx,
	app: Pick<App, 'clock' | 'random'>,
	accountId: AccountId,
	kind: PlainMailKind,
): Promise<void> {
	await queueMail(tx, { id: newId<MailId>(app), accountId, message: { kind, parameters: {} } });
}

export async function deleteSecondFactor(tx: Tx, accountId: AccountId): Promise<void> {
	await tx.deleteFrom('totp').where('account_id', '=', accountId).execute();
	await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
	await tx
		.updateTable('session')
		.set({ second_factor_at: null })
		.where('account_id', '=', accountId)
		.execute();
}

/** A code counts once: the one of an app also blocks those before it, one on paper is used up. */
export async function proveSecondFactor(
	app: Pick<App, 'db' | 'clock' | 'keys'>,
	accountId: AccountId,
	given: SecondFactorCode,
): Promise<Result<null, SecondFactorRefusal>> {
	const isRight =
		given.kind === 'app'
			? await takeAppCode(app, accountId, given.code)
			: await takeRecoveryCode(app, accountId, given.code);
	return isRight ? ok(null) : refused({ code: 'factor_code_wrong' });
}

async function takeAppCode(
	{ db, clock, keys }: { readonly db: Db } & Pick<App, 'clock' | 'keys'>,
	accountId: AccountId,
	code: AppCode,
): Promise<boolean> {
	const row = await db
		.selectFrom('totp')
		.where('account_id', '=', accountId)
		.where('confirmed_at', 'is not', null)
		.select('sealed_secret as sealed')
		.executeTakeFirst();
	if (row === undefined) return false;
	const step = findTotpStep(openTotpSecret(keys, accountId, row.sealed), code, clock());
	if (step === null) return false;
	const taken = await db
		.updateTable('totp')
		.set({ last_step: step })
		.where('account_id', '=', accountId)
		.where('sealed_secret', '=', row.sealed)
		.where('last_step', '<', step)
		.returning('account_id')
		.executeTakeFirst();
	return taken !== undefined;
}
