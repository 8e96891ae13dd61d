import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { queueMail } from '../mail/index.ts';
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
	await tx
		.deleteFrom('one_time_token')
		.where('account_id', '=', accountId)
		.where('purpose', 'in', ['reset_password', 'change_email'])
		.where('used_at', 'is', null)
		.execute();
	const message = { kind: 'password_changed', parameters: {} } as const;
	await queueMail(tx, { id: newId<MailId>(app), accountId, message });
}
