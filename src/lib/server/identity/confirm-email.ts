import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ConfirmEmailRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { sha256 } from '../digest.ts';

/**
 * Uses up the token of a mail and marks its account's address as confirmed. One statement takes the token, so of two
 * requests at once one gets it; the database's clock says whether it has expired.
 */
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
		const taken = await tx
			.updateTable('one_time_token')
			.set({ used_at: sql<Instant>`clock_timestamp()` })
			.where('token_hash', '=', sha256(token))
			.where('purpose', '=', 'confirm_email')
			.where('used_at', 'is', null)
			.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
			.returning('account_id as accountId')
			.executeTakeFirst();
		if (taken === undefined) return refused({ code: 'link_not_valid' });
		await tx
			.updateTable('account')
			.set({ email_confirmed_at: sql<Instant>`coalesce(email_confirmed_at, clock_timestamp())` })
			.where('id', '=', taken.accountId)
			.execute();
		return ok(taken.accountId);
	});
}
