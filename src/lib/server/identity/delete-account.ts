import type { MailId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { DeleteAccountRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { queueMail } from '../mail/index.ts';
import { lockAdministrators } from './administrators.ts';
import { lockByHash, provePassword } from './own-password.ts';

/**
 * Deletes an account and, with it, whatever the database holds under it: sessions, links, mails, roles, residency.
 * Comments and answers lose their author and stay. The person key stays, without any account, so that nobody votes
 * twice; ballots never knew the account. The id alone goes to the log: a backup that is put back can be cleared by it.
 */
export async function deleteAccount(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'log'>,
	{ actor }: Permit<'account.manage'>,
	{ current }: { readonly current: string },
): Promise<Result<null, DeleteAccountRefusal>> {
	const { accountId } = actor;
	const proven = await provePassword(app, accountId, current);
	if (!proven.ok) return proven;
	const deleted = await transact<null, DeleteAccountRefusal>(app.db, async (tx) => {
		const administrators = await lockAdministrators(tx);
		if (administrators.length === 1 && administrators[0] === accountId)
			return refused({ code: 'last_administrator' });
		const account = await lockByHash(tx, accountId, proven.value);
		if (!account.ok) return account;
		// It holds the address it was sent to; the audit log knows that somebody was invited, and by whom.
		await tx.deleteFrom('invitation').where('accepted_by', '=', accountId).execute();
		const { language } = await tx
			.deleteFrom('account')
			.where('id', '=', accountId)
			.returning('language')
			.executeTakeFirstOrThrow();
		const to = { accountId: null, address: account.value.email, language };
		const message = { kind: 'account_deleted', parameters: {} } as const;
		await queueMail(tx, { id: newId<MailId>(app), message, ...to });
		return ok(null);
	});
	if (deleted.ok) app.log.info({ accountId }, 'account deleted by its owner');
	return deleted;
}
