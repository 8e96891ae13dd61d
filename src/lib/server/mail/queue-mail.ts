import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Tx } from '../capabilities.ts';
import type { MailMessage } from './mail-message.ts';

/**
 * Whom a mail is for: an account, at the address and in the language that it has when the mail is sent; or, where these
 * are given, at this address and in this language, also when there is no account (any more).
 */
export type Recipient =
	| { readonly accountId: AccountId; readonly address?: string }
	| { readonly accountId: null; readonly address: string; readonly language: Language };

/**
 * Puts a mail into the outbox with the change that causes it: both are there, or neither. The id is made by the caller;
 * the same id again is the same mail.
 */
export async function queueMail(
	tx: Tx,
	{ id, message, ...to }: { readonly id: MailId; readonly message: MailMessage } & Recipient,
): Promise<void> {
	await tx
		.insertInto('mail')
		.values({
			id,
			account_id: to.accountId,
			address: to.address ?? null,
			language: to.accountId === null ? to.language : null,
			kind: message.kind,
			parameters: JSON.stringify(message.parameters),
		})
		.onConflict((conflict) => conflict.constraint('mail_pkey').doNothing())
		.execute();
}
