import { sql } from 'kysely';
import type { MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { CONSENT_UNPROVED } from '#lib/domain/identity/consent.ts';
import { isGuessable } from '#lib/domain/identity/guessable-password.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { Password } from '#lib/domain/identity/password.ts';
import type { ResetPasswordRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import { queueMail } from '../mail/index.ts';
import { findLink, queueLink, takeToken } from './one-time-token.ts';
import { deletePasskeys } from './passkeys/passkeys.ts';
import { hashPassword } from './password-hash.ts';
import { setPassword } from './set-password.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;

/**
 * Sends a link to whoever has an account, and the truth to whoever has none: in both cases one mail, so that neither the
 * page nor the time it takes tells which. Links of earlier mails go on working until one is used.
 */
export async function requestReset(app: App, email: EmailAddress, language: Language): Promise<void> {
	await transact(app.db, async (tx) => {
		const account = await tx
			.selectFrom('account')
			.where('email_key', '=', email.key)
			.select('id')
			.executeTakeFirst();
		if (account !== undefined) await queueLink(tx, app, account.id, 'reset_password');
		else {
			const message = { kind: 'no_account', parameters: {} } as const;
			const to = { accountId: null, address: email.address, language };
			await queueMail(tx, { id: newId<MailId>(app), message, ...to });
		}
		return ok(null);
	});
}

/**
 * A new password, by who can read the account's mail; that proves the address too, though not who once agreed. Every session ends, and nobody is
 * signed in by it. @returns the address, so that this device is known as its owner's.
 */
export async function resetPassword(
	app: App,
	{ token, next }: { readonly token: string; readonly next: Password },
): Promise<Result<EmailAddress, ResetPasswordRefusal>> {
	const link = await findLink(app.db, token, 'reset_password');
	if (link.state !== 'waiting') return refused({ code: 'link_not_valid' });
	const nextHash = await hashPassword(next);
	return transact<EmailAddress, ResetPasswordRefusal>(app.db, async (tx) => {
		const taken = await takeToken(tx, token, 'reset_password');
		if (taken === null) return refused({ code: 'link_not_valid' });
		const { displayName, ...email } = await tx
			.updateTable('account')
			.set({
				email_confirmed_at: sql<Instant>`coalesce(email_confirmed_at, clock_timestamp())`,
				consent_version: sql<string | null>`case
					when email_confirmed_at is null and consent_version is not null then ${CONSENT_UNPROVED}
					else consent_version end`,
			})
			.where('id', '=', taken.accountId)
			.returning(['display_name as displayName', 'email as address', 'email_key as key'])
			.executeTakeFirstOrThrow();
		if (isGuessable(next, [displayName, email.key])) return refused({ code: 'password_common' });
		await deletePasskeys(tx, taken.accountId);
		await setPassword(tx, app, taken.accountId, nextHash);
		return ok(email);
	});
}
