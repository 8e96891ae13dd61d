import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import { SENT_MAIL_DAYS } from '#lib/domain/identity/consent.ts';
import type { Capabilities } from '../capabilities.ts';

/** Long enough for every attempt to send it. */
const WITHOUT_ACCOUNT_DAYS = 7;

/** Mails that were sent some time ago, those that still wait stay; and those to nobody's account that never went. */
export async function deleteOldMail({ db }: Pick<Capabilities, 'db'>): Promise<void> {
	await db
		.deleteFrom('mail')
		.where('sent_at', '<=', sql<Instant>`clock_timestamp() - make_interval(days => ${SENT_MAIL_DAYS})`)
		.execute();
	await db
		.deleteFrom('mail')
		.where('account_id', 'is', null)
		.where(
			'queued_at',
			'<=',
			sql<Instant>`clock_timestamp() - make_interval(days => ${WITHOUT_ACCOUNT_DAYS})`,
		)
		.execute();
}
