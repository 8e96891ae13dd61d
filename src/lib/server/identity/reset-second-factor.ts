import { sql } from 'kysely';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import { recordAct } from '../audit/index.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { deletePasskeys } from './passkeys/passkeys.ts';
import { deleteSecondFactor, tellOwner } from './second-factor.ts';
import { endAllSessions } from './session.ts';

/** An app that has shown a code, or a device that can sign in. */
const hasSecondFactor = sql<boolean>`(
	exists (select from totp where totp.account_id = account.id and totp.confirmed_at is not null)
	or exists (select from passkey where passkey.account_id = account.id))`;

/**
 * Back to the password alone, by the operator, for an owner who has lost the app and the recovery codes, or the device
 * with their passkey. Every
 * session ends, the owner is told, and the act is recorded. Needs no permit: there is no page for it, only a command on the server.
 */
export function resetSecondFactor(
	app: Pick<Capabilities, 'db' | 'clock' | 'random'>,
	email: EmailAddress,
): Promise<Result<null, { readonly code: 'factor_not_begun' }>> {
	return transact<null, { readonly code: 'factor_not_begun' }>(app.db, async (tx) => {
		const account = await tx
			.selectFrom('account')
			.where('email_key', '=', email.key)
			.select(['id', hasSecondFactor.as('hasSecondFactor')])
			.forUpdate()
			.executeTakeFirst();
		if (!account?.hasSecondFactor) return refused({ code: 'factor_not_begun' });
		await deleteSecondFactor(tx, account.id);
		await deletePasskeys(tx, account.id);
		await endAllSessions(tx, account.id);
		await tellOwner(tx, app, account.id, 'second_factor_reset');
		await recordAct(tx, app, {
			actorId: null,
			cityId: null,
			action: 'second_factor.reset',
			subject: { kind: 'account', id: account.id },
		});
		return ok(null);
	});
}
