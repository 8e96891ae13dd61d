import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import { CONSENT_VERSION } from '#lib/domain/identity/consent.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Permit } from '../http/index.ts';

/** Records that the owner has agreed to the text about personal data as it is now. */
export async function agreeAgain(
	{ db }: Pick<Capabilities, 'db'>,
	{ actor }: Permit<'account.manage'>,
): Promise<void> {
	await db
		.updateTable('account')
		.set({ consent_version: CONSENT_VERSION, consented_at: sql<Instant>`clock_timestamp()` })
		.where('id', '=', actor.accountId)
		.execute();
}
