import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Tx } from '../capabilities.ts';
import type { MailMessage } from './mail-message.ts';

/**
 * Puts a mail into the outbox with the change that causes it: both are there, or neither. It is written in the account's
 * language when it is sent. The id is made by the caller; the same id again is the same mail.
 */
export async function queueMail(
	tx: Tx,
	{ id, accountId, message }: { id: MailId; accountId: AccountId; message: MailMessage },
): Promise<void> {
	await tx
		.insertInto('mail')
		.values({
			id,
			account_id: accountId,
			kind: message.kind,
			parameters: JSON.stringify(message.parameters),
		})
		.onConflict((conflict) => conflict.constraint('mail_pkey').doNothing())
		.execute();
}
