import { sql } from 'kysely';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { Capabilities, Reader, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { sha256 } from '../digest.ts';
import { mailToken, queueMail, type PlainMailKind } from '../mail/index.ts';
import type { TokenPurpose } from './tables.ts';

const HOUR = 1;
const DAY = 24 * HOUR;

/** Which mail brings the link, and for how many hours it works; the mail says so. */
const PURPOSES: Readonly<Record<TokenPurpose, { readonly kind: PlainMailKind; readonly hours: number }>> = {
	confirm_email: { kind: 'confirm_email', hours: 2 * DAY },
	reset_password: { kind: 'reset_password', hours: HOUR },
	change_email: { kind: 'confirm_new_email', hours: DAY },
	undo_email_change: { kind: 'email_changed', hours: 7 * DAY },
};

type App = Pick<Capabilities, 'clock' | 'random' | 'keys'>;

/**
 * Queues the mail with a link that does one thing, once, for a while. A link that gives the account an address goes to
 * that address. Only the hash of what the link carries is kept.
 */
export async function queueLink(
	tx: Tx,
	app: App,
	accountId: AccountId,
	purpose: TokenPurpose,
	email: EmailAddress | null = null,
): Promise<void> {
	const { kind, hours } = PURPOSES[purpose];
	const mailId = newId<MailId>(app);
	await tx
		.insertInto('one_time_token')
		.values({
			token_hash: sha256(mailToken(app.keys, mailId)),
			account_id: accountId,
			purpose,
			email: email?.address ?? null,
			email_key: email?.key ?? null,
			expires_at: sql<Instant>`clock_timestamp() + make_interval(hours => ${hours})`,
		})
		.execute();
	const message = { kind, parameters: {} };
	await queueMail(tx, { id: mailId, accountId, message, ...(email && { address: email.address }) });
}

export type TakenToken = { readonly accountId: AccountId; readonly email: EmailAddress | null };

/**
 * Uses a link up. One statement takes it, so of two requests at once one gets it; the database's clock says whether it
 * has expired; one of another purpose is none. Null when it does nothing (any more).
 */
export async function takeToken(tx: Tx, token: string, purpose: TokenPurpose): Promise<TakenToken | null> {
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
		.where('purpose', '=', purpose)
		.where('used_at', 'is', null)
		.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
		.returning(['account_id as accountId', 'email as address', 'email_key as key'])
		.executeTakeFirst();
	if (taken === undefined) return null;
	const { accountId, address, key } = taken;
	return { accountId, email: address === null || key === null ? null : { address, key } };
}

/** What a link from a mail still does, and for whom. A link that was never made and one of another purpose are one. */
export type LinkState =
	| { readonly state: 'waiting'; readonly displayName: string; readonly email: string }
	| { readonly state: 'used' | 'expired' | 'unknown' };

/** Only looks: programs that check mails for viruses open every link in them. `email` is what the account will have. */
export async function findLink(reader: Reader, token: string, purpose: TokenPurpose): Promise<LinkState> {
	const row = await reader
		.selectFrom('one_time_token')
		.innerJoin('account', 'account.id', 'one_time_token.account_id')
		.where('one_time_token.token_hash', '=', sha256(token))
		.where('one_time_token.purpose', '=', purpose)
		.select('account.display_name as displayName')
		.select((eb) => eb.fn.coalesce('one_time_token.email', 'account.email').as('email'))
		.select(sql<boolean>`one_time_token.used_at is not null`.as('used'))
		.select(sql<boolean>`one_time_token.expires_at <= clock_timestamp()`.as('expired'))
		.executeTakeFirst();
	if (row === undefined) return { state: 'unknown' };
	if (row.used) return { state: 'used' };
	if (row.expired) return { state: 'expired' };
	return { state: 'waiting', displayName: row.displayName, email: row.email };
}

/** Links of these kinds open nothing any more, unless they were used. */
export async function dropLinks(
	tx: Tx,
	accountId: AccountId,
	purposes: readonly TokenPurpose[],
): Promise<void> {
	await tx
		.deleteFrom('one_time_token')
		.where('account_id', '=', accountId)
		.where('purpose', 'in', purposes)
		.where('used_at', 'is', null)
		.execute();
}
