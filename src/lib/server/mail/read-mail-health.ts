import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Reader } from '../capabilities.ts';
import { ATTEMPTS_MAX } from './send-waiting-mail.ts';

export type MailHealth = {
	/** To be sent yet, or tried again. */
	readonly waiting: number;
	readonly oldestWaitingAt: Instant | null;
	/** Given up after the last attempt. */
	readonly failed: number;
	readonly lastSentAt: Instant | null;
	/** Why mails were not taken, by code; no address is told. */
	readonly failures: readonly { readonly reason: string; readonly mails: number }[];
};

const REASONS_MAX = 20;

/** How the outbox is, without a word about who gets what. */
export async function readMailHealth(reader: Reader): Promise<MailHealth> {
	const [counts, failures] = await Promise.all([
		reader
			.selectFrom('mail')
			.select([
				sql<number>`count(*) filter (where sent_at is null and attempts < ${ATTEMPTS_MAX})::int`.as(
					'waiting',
				),
				sql<number>`count(*) filter (where sent_at is null and attempts >= ${ATTEMPTS_MAX})::int`.as(
					'failed',
				),
				sql<Instant | null>`min(queued_at) filter (where sent_at is null and attempts < ${ATTEMPTS_MAX})`.as(
					'oldestWaitingAt',
				),
				sql<Instant | null>`max(sent_at)`.as('lastSentAt'),
			])
			.executeTakeFirstOrThrow(),
		reader
			.selectFrom('mail')
			.where('sent_at', 'is', null)
			.where('last_error', 'is not', null)
			.select([sql<string>`last_error`.as('reason'), sql<number>`count(*)::int`.as('mails')])
			.groupBy('last_error')
			.orderBy('mails', 'desc')
			.orderBy('reason')
			.limit(REASONS_MAX)
			.execute(),
	]);
	return { ...counts, failures };
}
