import { sql } from 'kysely';
import type { Actor } from '#lib/domain/access/actor.ts';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import { toKnownPassword, type Password } from '#lib/domain/identity/password.ts';
import type {
	ConfirmNewEmailRefusal,
	RequestNewEmailRefusal,
	RestoreEmailRefusal,
} from '#lib/domain/identity/refusals.ts';
import type { Capabilities, Reader, Tx } from '../capabilities.ts';
import { violates } from '../db/constraints.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import { sha256 } from '../digest.ts';
import type { Permit } from '../http/index.ts';
import { queueMail } from '../mail/index.ts';
import { dropLinks, findLink, queueLink, takeToken, type LinkState } from './one-time-token.ts';
import { lockByHash, provePassword } from './own-password.ts';
import { hashPassword, isPasswordRight } from './password-hash.ts';
import { deletePasskeys } from './passkeys/passkeys.ts';
import { endAllSessions } from './session.ts';
import { setPassword } from './set-password.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;

/**
 * Asks to move the account to another address: nothing changes until the link that goes there is used. Whether that
 * address has an account is told to its owner alone, by mail.
 */
export async function requestNewEmail(
	app: App,
	{ actor }: Permit<'account.manage'>,
	{ current, email }: { readonly current: string; readonly email: EmailAddress },
): Promise<Result<null, RequestNewEmailRefusal>> {
	const { accountId } = actor;
	const proven = await provePassword(app, accountId, current);
	if (!proven.ok) return proven;
	return transact<null, RequestNewEmailRefusal>(app.db, async (tx) => {
		const account = await lockByHash(tx, accountId, proven.value);
		if (!account.ok) return account;
		if (account.value.emailKey === email.key) return refused({ code: 'email_same' });
		await dropLinks(tx, accountId, ['change_email']);
		const holder = await tx
			.selectFrom('account')
			.where('email_key', '=', email.key)
			.where('email_confirmed_at', 'is not', null)
			.select('id')
			.executeTakeFirst();
		if (holder === undefined) await queueLink(tx, app, accountId, 'change_email', email);
		else {
			const message = { kind: 'address_taken', parameters: {} } as const;
			await queueMail(tx, { id: newId<MailId>(app), accountId: holder.id, message });
		}
		return ok(null);
	});
}

/** Who opens the link that went to a new address. */
export type Mover = { readonly actor: Actor; readonly password: string };

/** The link, and whether it is enough: who is signed in to the account here need not give its password. */
export async function findNewEmail(
	reader: Reader,
	token: string,
	actor: Actor,
): Promise<LinkState & { readonly isOwn: boolean }> {
	const [link, account] = await Promise.all([
		findLink(reader, token, 'change_email'),
		findAccountOf(reader, token),
	]);
	return { ...link, isOwn: isSignedInTo(account?.accountId, actor) };
}

/**
 * Moves the account to the address to which the link went. The link alone is not enough: a stranger can give anybody's
 * address, and its owner would take over the stranger's account. All sessions end; the address it had gets a way back
 * for a week, if it was its owner's at all.
 */
export async function confirmNewEmail(
	app: App,
	token: string,
	{ actor, password }: Mover,
): Promise<Result<null, ConfirmNewEmailRefusal>> {
	const account = await findAccountOf(app.db, token);
	if (account === undefined) return refused({ code: 'link_not_valid' });
	if (!isSignedInTo(account.accountId, actor)) {
		if (password === '') return refused({ code: 'password_missing' });
		const isRight = await isPasswordRight(account.passwordHash, toKnownPassword(password));
		if (!isRight) return refused({ code: 'password_wrong' });
	}
	return unlessTaken(() =>
		transact<null, ConfirmNewEmailRefusal>(app.db, async (tx) => {
			const taken = await takeToken(tx, token, 'change_email');
			if (taken === null || taken.email === null) return refused({ code: 'link_not_valid' });
			const before = await moveTo(tx, taken.accountId, taken.email);
			await dropLinks(tx, taken.accountId, ['confirm_email', 'reset_password']);
			await endAllSessions(tx, taken.accountId);
			if (before.confirmed) await queueLink(tx, app, taken.accountId, 'undo_email_change', before.email);
			return ok(null);
		}),
	);
}

function findAccountOf(reader: Reader, token: string) {
	return reader
		.selectFrom('one_time_token')
		.innerJoin('account', 'account.id', 'one_time_token.account_id')
		.where('one_time_token.token_hash', '=', sha256(token))
		.where('one_time_token.purpose', '=', 'change_email')
		.select(['account.id as accountId', 'account.password_hash as passwordHash'])
		.executeTakeFirst();
}

const isSignedInTo = (accountId: AccountId | undefined, actor: Actor): boolean =>
	actor.kind === 'signed_in' && actor.accountId === accountId;

/**
 * "This was not me": the account gets the address back at which the mail was read, and a new password, since whoever
 * moved it knew the old one. @returns the address.
 */
export async function restoreEmail(
	app: App,
	{ token, next }: { readonly token: string; readonly next: Password },
): Promise<Result<EmailAddress, RestoreEmailRefusal>> {
	const link = await findLink(app.db, token, 'undo_email_change');
	if (link.state !== 'waiting') return refused({ code: 'link_not_valid' });
	const nextHash = await hashPassword(next);
	return unlessTaken(() =>
		transact<EmailAddress, RestoreEmailRefusal>(app.db, async (tx) => {
			const taken = await takeToken(tx, token, 'undo_email_change');
			if (taken === null || taken.email === null) return refused({ code: 'link_not_valid' });
			await moveTo(tx, taken.accountId, taken.email);
			await dropLinks(tx, taken.accountId, ['undo_email_change', 'confirm_email']);
			await deletePasskeys(tx, taken.accountId);
			await setPassword(tx, app, taken.accountId, nextHash);
			return ok(taken.email);
		}),
	);
}

type Held = { readonly email: EmailAddress; readonly confirmed: boolean };

/** The link was read at the address, so it is the owner's: an account that only claims it goes. @returns what it had. */
async function moveTo(tx: Tx, accountId: AccountId, email: EmailAddress): Promise<Held> {
	const { address, key, confirmed } = await tx
		.selectFrom('account')
		.where('id', '=', accountId)
		.select(['email as address', 'email_key as key'])
		.select(sql<boolean>`email_confirmed_at is not null`.as('confirmed'))
		.forUpdate()
		.executeTakeFirstOrThrow();
	await tx
		.deleteFrom('account')
		.where('email_key', '=', email.key)
		.where('email_confirmed_at', 'is', null)
		.where('id', '<>', accountId)
		.execute();
	await tx
		.updateTable('account')
		.set({
			email: email.address,
			email_key: email.key,
			email_confirmed_at: sql<Instant>`clock_timestamp()`,
		})
		.where('id', '=', accountId)
		.execute();
	return { email: { address, key }, confirmed };
}

/** Somebody may have confirmed the same address a moment before: the unique key decides. */
async function unlessTaken<T, R>(
	move: () => Promise<Result<T, R>>,
): Promise<Result<T, R | { readonly code: 'email_taken' }>> {
	try {
		return await move();
	} catch (error) {
		if (violates(error, 'account_email_key_once')) return refused({ code: 'email_taken' });
		throw error;
	}
}
