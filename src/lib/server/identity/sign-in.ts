import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import { toKnownPassword, type Password } from '#lib/domain/identity/password.ts';
import type { SignInRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities, Db } from '../capabilities.ts';
import { hashPassword, isOutdated, isPasswordRight } from './password-hash.ts';

/** Whose password was right, and the hash by which it was. */
export type ProvenPassword = { readonly accountId: AccountId; readonly passwordHash: string };

/**
 * Whose address and password these are. An unknown address and a wrong password are refused in the same words after the
 * same work. A hash of an earlier cost is made anew. The session is started by `beginSignIn`.
 */
export async function signIn(
	{ db }: Pick<Capabilities, 'db'>,
	{ email, password }: { readonly email: EmailAddress; readonly password: string },
): Promise<Result<ProvenPassword, SignInRefusal>> {
	const account = await db
		.selectFrom('account')
		.where('email_key', '=', email.key)
		.select(['id', 'password_hash as passwordHash'])
		.executeTakeFirst();
	const known = toKnownPassword(password);
	const isRight = await isPasswordRight(account?.passwordHash ?? null, known);
	if (account === undefined || known === null || !isRight) return refused({ code: 'sign_in_refused' });
	const { id: accountId, passwordHash } = account;
	if (!isOutdated(passwordHash)) return ok({ accountId, passwordHash });
	return ok({ accountId, passwordHash: await renewHash(db, { accountId, passwordHash }, known) });
}

/** Unless the password was changed meanwhile. */
async function renewHash(
	db: Db,
	{ accountId, passwordHash }: ProvenPassword,
	password: Password,
): Promise<string> {
	const renewed = await hashPassword(password);
	const { numUpdatedRows } = await db
		.updateTable('account')
		.set({ password_hash: renewed })
		.where('id', '=', accountId)
		.where('password_hash', '=', passwordHash)
		.executeTakeFirst();
	return numUpdatedRows === 1n ? renewed : passwordHash;
}
