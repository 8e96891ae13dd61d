import type { MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Reader } from '../capabilities.ts';
import type { MailMessage } from './mail-message.ts';
import { renderMail, type WrittenMail } from './render-mail.ts';

const OUTBOX_LENGTH = 50;

export type OutboxMail = WrittenMail & {
	readonly id: MailId;
	readonly to: string;
	readonly language: Language;
	readonly queuedAt: Instant;
};

/** The mails of accounts that were registered in this browser of a demonstration, newest first; those of nobody else. */
export async function listMailOfBrowser(
	app: Pick<Capabilities, 'keys' | 'origin'> & { readonly db: Reader },
	browserHash: Uint8Array,
): Promise<OutboxMail[]> {
	const rows = await app.db
		.selectFrom('mail')
		.innerJoin('account', 'account.id', 'mail.account_id')
		.innerJoin('demonstration_browser', 'demonstration_browser.account_id', 'account.id')
		.where('demonstration_browser.browser_hash', '=', browserHash)
		.select(['mail.id', 'mail.kind', 'mail.parameters', 'mail.queued_at as queuedAt'])
		.select((eb) => eb.fn.coalesce('mail.address', 'account.email').as('to'))
		.select((eb) => eb.fn.coalesce('mail.language', 'account.language').as('language'))
		.orderBy('mail.queued_at', 'desc')
		.orderBy('mail.id', 'desc')
		.limit(OUTBOX_LENGTH)
		.execute();
	return rows.map(({ kind, parameters, ...row }) => ({
		...row,
		...renderMail(app, row.id, { kind, parameters } as MailMessage, row.language),
	}));
}
