import type { AccountId, PasskeyId } from '#lib/domain/base/ids.ts';
import { ok, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { OwnPasswordRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities, Reader, Tx } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { lockByHash, provePassword } from '../own-password.ts';
import { endAllSessions } from '../session.ts';

/** As its owner sees it. */
export type Passkey = {
	readonly id: PasskeyId;
	readonly name: string;
	readonly addedAt: Instant;
	readonly lastUsedAt: Instant | null;
};

/** More than anybody has devices. */
export const PASSKEYS_MAX = 10;

export function listPasskeys(reader: Reader, accountId: AccountId): Promise<Passkey[]> {
	return reader
		.selectFrom('passkey')
		.where('account_id', '=', accountId)
		.select(['id', 'name', 'added_at as addedAt', 'last_used_at as lastUsedAt'])
		.orderBy('added_at')
		.orderBy('id')
		.limit(PASSKEYS_MAX)
		.execute();
}

/** Null for one of another account too. */
export async function findPasskey(
	reader: Reader,
	accountId: AccountId,
	id: PasskeyId,
): Promise<Passkey | null> {
	const passkeys = await listPasskeys(reader, accountId);
	return passkeys.find((passkey) => passkey.id === id) ?? null;
}

export async function renamePasskey(
	{ db }: Pick<Capabilities, 'db'>,
	{ actor }: Permit<'factor.manage'>,
	id: PasskeyId,
	name: string,
): Promise<void> {
	await db
		.updateTable('passkey')
		.set({ name })
		.where('account_id', '=', actor.accountId)
		.where('id', '=', id)
		.execute();
}

/** By who knows the password. Every session ends, because one of them may be that device's: the page starts a new one. */
export async function removePasskey(
	app: Pick<Capabilities, 'db'>,
	{ actor: { accountId } }: Permit<'factor.manage'>,
	id: PasskeyId,
	password: string,
): Promise<Result<null, OwnPasswordRefusal>> {
	const proven = await provePassword(app, accountId, password);
	if (!proven.ok) return proven;
	return transact<null, OwnPasswordRefusal>(app.db, async (tx) => {
		const account = await lockByHash(tx, accountId, proven.value);
		if (!account.ok) return account;
		await tx.deleteFrom('passkey').where('account_id', '=', accountId).where('id', '=', id).execute();
		await endAllSessions(tx, accountId);
		return ok(null);
	});
}

/**
 * Until the transaction ends nobody sets a new password or takes passkeys away: who does either has done it before, or
 * waits, and then finds what was made here.
 */
export async function holdAccount(tx: Tx, accountId: AccountId): Promise<void> {
	await tx.selectFrom('account').where('id', '=', accountId).select('id').forShare().execute();
}

/** For an account that may have been in other hands: nobody knows who added them. */
export async function deletePasskeys(tx: Tx, accountId: AccountId): Promise<void> {
	await tx.deleteFrom('passkey').where('account_id', '=', accountId).execute();
	await tx.deleteFrom('passkey_challenge').where('account_id', '=', accountId).execute();
}
