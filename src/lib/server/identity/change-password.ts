import { refused, ok, type Result } from '#lib/domain/base/result.ts';
import { isGuessable } from '#lib/domain/identity/guessable-password.ts';
import type { Password } from '#lib/domain/identity/password.ts';
import type { ChangePasswordRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { lockByHash, provePassword } from './own-password.ts';
import { hashPassword } from './password-hash.ts';
import { setPassword } from './set-password.ts';

/** A new password, by who knows the old one. Every session ends, this one too: the page starts a new one. */
export async function changePassword(
	app: Pick<Capabilities, 'db' | 'clock' | 'random'>,
	{ actor }: Permit<'account.manage'>,
	{ current, next }: { readonly current: string; readonly next: Password },
): Promise<Result<null, ChangePasswordRefusal>> {
	const { accountId, displayName } = actor;
	const proven = await provePassword(app, accountId, current);
	if (!proven.ok) return proven;
	const nextHash = await hashPassword(next);
	return transact<null, ChangePasswordRefusal>(app.db, async (tx) => {
		const account = await lockByHash(tx, accountId, proven.value);
		if (!account.ok) return account;
		if (isGuessable(next, [displayName, account.value.emailKey])) return refused({ code: 'password_common' });
		await setPassword(tx, app, accountId, nextHash);
		return ok(null);
	});
}
