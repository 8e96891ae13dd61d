import { sql } from 'kysely';
import { ok } from '#lib/domain/base/result.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { queueLink } from './one-time-token.ts';

/** Sends the link once more. When the address has been confirmed meanwhile nothing is left to do. */
export async function resendConfirmation(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>,
	{ actor }: Permit<'account.resend_confirmation'>,
): Promise<void> {
	await transact(app.db, async (tx) => {
		const account = await tx
			.selectFrom('account')
			.where('id', '=', actor.accountId)
			.select(sql<boolean>`email_confirmed_at is not null`.as('confirmed'))
			.forUpdate()
			.executeTakeFirstOrThrow();
		if (!account.confirmed) await queueLink(tx, app, actor.accountId, 'confirm_email');
		return ok(null);
	});
}
