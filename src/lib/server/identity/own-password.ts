import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { toKnownPassword } from '#lib/domain/identity/password.ts';
import type { OwnPasswordRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { isPasswordRight } from './password-hash.ts';

/** The hash that a password was found right against: what it stands for may have changed since. */
export type ProvenHash = string;

/** That it is the owner who sits before an open session, before something that cannot be taken back. */
export async function provePassword(
	{ db }: Pick<Capabilities, 'db'>,
	accountId: AccountId,
	password: string,
): Promise<Result<ProvenHash, OwnPasswordRefusal>> {
	const { hash } = await db
		.selectFrom('account')
		.where('id', '=', accountId)
		.select('password_hash as hash')
		.executeTakeFirstOrThrow();
	const isRight = await isPasswordRight(hash, toKnownPassword(password));
	return isRight ? ok(hash) : refused({ code: 'password_wrong' });
}

/** Locks the account if the password that was proven is still its own: two changes at once are one after the other. */
export async function lockByHash(
	tx: Tx,
	accountId: AccountId,
	proven: ProvenHash,
): Promise<Result<{ readonly email: string; readonly emailKey: string }, OwnPasswordRefusal>> {
	const account = await tx
		.selectFrom('account')
		.where('id', '=', accountId)
		.where('password_hash', '=', proven)
		.select(['email', 'email_key as emailKey'])
		.forUpdate()
		.executeTakeFirst();
	return account === undefined ? refused({ code: 'password_wrong' }) : ok(account);
}
