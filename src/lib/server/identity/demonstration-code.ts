import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '../capabilities.ts';
import { codeOfStep, openTotpSecret, stepAt } from './totp-secret.ts';

/** The simulated staff of a demonstration have their addresses here: nobody else can (RFC 2606). */
export const DEMONSTRATION_STAFF_DOMAIN = 'demo.invalid';

/**
 * What an app would show now, for who has given the password of simulated staff and has no app. Only in a demonstration,
 * which is served to this machine alone, and only for its own staff: everywhere else, and for everybody else, null.
 */
export async function findDemonstrationCode(
	{ db, keys, clock }: Pick<Capabilities, 'db' | 'keys' | 'clock'>,
	accountId: AccountId,
): Promise<string | null> {
	const row = await db
		.selectFrom('demonstration')
		.innerJoin('account', (join) => join.on('account.id', '=', accountId))
		.innerJoin('totp', 'totp.account_id', 'account.id')
		.where('account.email_key', 'like', `%@${DEMONSTRATION_STAFF_DOMAIN}`)
		.where('totp.confirmed_at', 'is not', null)
		.select(['totp.sealed_secret as sealed', 'totp.last_step as lastStep'])
		.executeTakeFirst();
	if (row === undefined) return null;
	const now = stepAt(clock());
	// A code that was used counts no more; the next one counts already.
	const step = row.lastStep < now ? now : now + 1n;
	return codeOfStep(openTotpSecret(keys, accountId, row.sealed), step);
}
