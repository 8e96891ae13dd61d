import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { queueMail } from '../mail/index.ts';
import { dropLinks } from './one-time-token.ts';
import { endAllSessions } from './session.ts';

/**
 * Gives an account its new password. All its sessions end, links that were asked for with the old one open nothing, and
 * a mail tells the owner.
 */
export async function setPassword(
	tx: Tx,
	app: Pick<Capabilities, 'clock' | 'random'>,
	accountId: AccountId,
	passwordHash: string,
): Promise<void> {
	await tx.updateTable('account').set({ password_hash: passwordHash }).where('id', '=', accountId).execute();
	await endAllSessions(tx, accountId);
	await dropLinks(tx, accountId, ['reset_password', 'change_email']);
	const message = { kind: 'password_changed', parameters: {} } as const;
	await queueMail(tx, { id: newId<MailId>(app), accountId, message });
}
