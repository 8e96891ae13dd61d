import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import { SENT_MAIL_DAYS } from '#lib/domain/identity/consent.ts';
import type { Capabilities } from '../capabilities.ts';

/** Mails that were sent some time ago; those that still wait stay. */
export async function deleteOldMail({ db }: Pick<Capabilities, 'db'>): Promise<void> {
	await db
		.deleteFrom('mail')
		.where('sent_at', '<=', sql<Instant>`clock_timestamp() - make_interval(days => ${SENT_MAIL_DAYS})`)
		.execute();
}
