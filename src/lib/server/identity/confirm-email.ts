import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ConfirmEmailRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { sha256 } from '../digest.ts';
import { takeToken } from './one-time-token.ts';

/** Uses up the link of a mail and marks its account's address as confirmed. */
export async function confirmEmail(
	{ db }: Pick<Capabilities, 'db'>,
	token: string,
): Promise<Result<AccountId, ConfirmEmailRefusal>> {
	return transact(db, async (tx) => {
		// The account first, as a registration does that begins it anew: the other way round each would wait for the other.
		await tx
			.selectFrom('account')
			.innerJoin('one_time_token', 'one_time_token.account_id', 'account.id')
			.where('one_time_token.token_hash', '=', sha256(token))
			.select('account.id')
			.forUpdate('account')
			.execute();
		const taken = await takeToken(tx, token, 'confirm_email');
		if (taken === null) return refused({ code: 'link_not_valid' });
		await tx
			.updateTable('account')
			.set({ email_confirmed_at: sql<Instant>`coalesce(email_confirmed_at, clock_timestamp())` })
			.where('id', '=', taken.accountId)
			.execute();
		return ok(taken.accountId);
	});
}
