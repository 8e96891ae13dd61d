import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import { toKnownPassword } from '#lib/domain/identity/password.ts';
import type { SignInRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '../capabilities.ts';
import { isPasswordRight } from './password-hash.ts';

/**
 * Whose address and password these are. An unknown address and a wrong password are refused in the same words after the
 * same work. The session is started by `startSession`.
 */
export async function signIn(
	{ db }: Pick<Capabilities, 'db'>,
	{ email, password }: { readonly email: EmailAddress; readonly password: string },
): Promise<Result<AccountId, SignInRefusal>> {
	const account = await db
		.selectFrom('account')
		.where('email_key', '=', email.key)
		.select(['id', 'password_hash as passwordHash'])
		.executeTakeFirst();
	const isRight = await isPasswordRight(account?.passwordHash ?? null, toKnownPassword(password));
	return account !== undefined && isRight ? ok(account.id) : refused({ code: 'sign_in_refused' });
}
