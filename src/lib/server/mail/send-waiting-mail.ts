import { sql } from 'kysely';
import type { MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Db } from '../capabilities.ts';
import type { MailMessage } from './mail-message.ts';
import { renderMail } from './render-mail.ts';

type App = Pick<Capabilities, 'db' | 'keys' | 'log' | 'mailer' | 'origin'>;

export const ATTEMPTS_MAX = 8;
/** Longer than a mail server may take. After a crash the mail is taken again when this has passed. */
const CLAIM_MINUTES = 5;
const BACK_OFF_HOURS_MAX = 12;

/**
 * Sends what is due, one mail after the other. Each is claimed and the claim committed before it is sent, so several
 * processes never send the same one, and a crash repeats at most the one that was under way. Nothing leaves a
 * demonstration, or a server that has no mail server.
 * @returns how many were taken over by the mail server.
 */
export async function sendWaitingMail(app: App): Promise<number> {
	const { db, mailer, log } = app;
	if (mailer === null) return 0;
	let sent = 0;
	for (let mail = await claimOne(db); mail !== null; mail = await claimOne(db)) {
		try {
			const written = renderMail(app, mail.id, mail.message, mail.language);
			await mailer({ id: mail.id, to: mail.email, ...written });
			await markSent(db, mail.id);
			sent += 1;
		} catch (error) {
			const reason = nameFailure(error);
			log.warn({ mailId: mail.id, kind: mail.message.kind, reason }, 'mail was not taken');
			await putOff(db, mail.id, reason);
		}
	}
	return sent;
}

type ClaimedMail = {
	readonly id: MailId;
	readonly email: string;
	readonly language: Language;
	readonly message: MailMessage;
};

async function claimOne(db: Db): Promise<ClaimedMail | null> {
	const row = await db
		.updateTable('mail')
		.from((eb) =>
			eb
				.selectFrom('mail as waiting')
				.leftJoin('account', 'account.id', 'waiting.account_id')
				.where('waiting.sent_at', 'is', null)
				.where('waiting.attempts', '<', ATTEMPTS_MAX)
				.where('waiting.due_at', '<=', sql<Instant>`clock_timestamp()`)
				.where(sql<boolean>`not exists (select from demonstration)`)
				.select('waiting.id')
				.select(sql<string>`coalesce(waiting.address, account.email)`.as('email'))
				.select(sql<Language>`coalesce(waiting.language, account.language)`.as('written_in'))
				.orderBy('waiting.due_at')
				.orderBy('waiting.id')
				.limit(1)
				.forUpdate('waiting')
				.skipLocked()
				.as('next'),
		)
		.whereRef('mail.id', '=', 'next.id')
		.set({
			attempts: sql<number>`mail.attempts + 1`,
			due_at: sql<Instant>`clock_timestamp() + make_interval(mins => ${CLAIM_MINUTES})`,
		})
		.returning(['mail.id', 'mail.kind', 'mail.parameters', 'next.email', 'next.written_in as language'])
		.executeTakeFirst();
	if (row === undefined) return null;
	const { id, email, language, kind, parameters } = row;
	return { id, email, language, message: { kind, parameters } as MailMessage };
}

/** What went to somebody without an account is not kept: nobody agreed to it. */
async function markSent(db: Db, id: MailId): Promise<void> {
	await db.deleteFrom('mail').where('id', '=', id).where('account_id', 'is', null).execute();
	await db
		.updateTable('mail')
		.set({ sent_at: sql<Instant>`clock_timestamp()`, last_error: null })
		.where('id', '=', id)
		.execute();
}

/** One minute after the first failure, then four times as long each time, half a day at most. */
async function putOff(db: Db, id: MailId, reason: string): Promise<void> {
	await db
		.updateTable('mail')
		.set({
			last_error: reason,
			due_at: sql<Instant>`clock_timestamp() + least(
				make_interval(mins => power(4, attempts - 1)::int), make_interval(hours => ${BACK_OFF_HOURS_MAX}))`,
		})
		.where('id', '=', id)
		.execute();
}

/** The code of the failure and of the server's answer; never its text, which repeats the address. */
function nameFailure(error: unknown): string {
	const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
	const parts = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number');
	return parts.length > 0 ? parts.join(' ') : 'unknown failure';
}
