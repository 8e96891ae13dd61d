import { sql } from 'kysely';
import type { Actor } from '#lib/domain/access/actor.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import { toKnownPassword } from '#lib/domain/identity/password.ts';
import type { ConfirmEmailRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities, Reader } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { sha256 } from '../digest.ts';
import { takeToken } from './one-time-token.ts';
import { forgetRegistration, isMarkedFor, type RegistrationFacts } from './own-registration.ts';
import { isPasswordRight } from './password-hash.ts';
import { endAllSessions, type CookieJar } from './session.ts';

type App = Pick<Capabilities, 'db' | 'keys' | 'random' | 'origin'>;

/** Who opens the link of a mail, and in which browser. */
export type Bearer = { readonly actor: Actor; readonly cookies: CookieJar };

/** The one whose address it has been found to be; this device is known as the owner's from now on. */
export type Confirmed = { readonly accountId: AccountId; readonly email: EmailAddress };

/** True where no password is asked for: who holds the link is signed in to the account here, or registered here. */
export async function isOwnConfirmation(app: App, token: string, bearer: Bearer): Promise<boolean> {
	const account = await findWaiting(app.db, token);
	return account !== undefined && isOwn(app, account, bearer);
}

/**
 * Uses up the link of a mail and marks its account's address as confirmed. The link alone is not enough: a stranger can
 * register anybody's address, and the owner of the mail would make the stranger's account a confirmed one. So who holds
 * it must be signed in to the account, or have registered in this browser, or know the password. Every session ends.
 */
export async function confirmEmail(
	app: App,
	token: string,
	{ password, ...bearer }: Bearer & { readonly password: string | null },
): Promise<Result<Confirmed, ConfirmEmailRefusal>> {
	const account = await findWaiting(app.db, token);
	if (account === undefined) return refused({ code: 'link_not_valid' });
	if (!isOwn(app, account, bearer)) {
		if (password === null) return refused({ code: 'password_missing' });
		const isRight = await isPasswordRight(account.passwordHash, toKnownPassword(password));
		if (!isRight) return refused({ code: 'registration_password_wrong' });
	}
	const confirmed = await transact<Confirmed, ConfirmEmailRefusal>(app.db, async (tx) => {
		// The account first, as a registration does that begins it anew: the other way round each would wait for the other.
		const locked = await tx
			.selectFrom('account')
			.where('id', '=', account.accountId)
			.where('password_hash', '=', account.passwordHash)
			.where('email_confirmed_at', 'is', null)
			.select(['email as address', 'email_key as key'])
			.forUpdate()
			.executeTakeFirst();
		if (locked === undefined) return refused({ code: 'link_not_valid' });
		const taken = await takeToken(tx, token, 'confirm_email');
		if (taken === null) return refused({ code: 'link_not_valid' });
		await tx
			.updateTable('account')
			.set({ email_confirmed_at: sql<Instant>`clock_timestamp()` })
			.where('id', '=', taken.accountId)
			.execute();
		await endAllSessions(tx, taken.accountId);
		return ok({ accountId: taken.accountId, email: locked });
	});
	if (confirmed.ok) forgetRegistration(app, bearer.cookies);
	return confirmed;
}

type Waiting = RegistrationFacts & { readonly accountId: AccountId };

function findWaiting(reader: Reader, token: string): Promise<Waiting | undefined> {
	return reader
		.selectFrom('one_time_token')
		.innerJoin('account', 'account.id', 'one_time_token.account_id')
		.where('one_time_token.token_hash', '=', sha256(token))
		.where('one_time_token.purpose', '=', 'confirm_email')
		.select(['account.id as accountId', 'account.email_key as emailKey'])
		.select('account.password_hash as passwordHash')
		.executeTakeFirst();
}

function isOwn(app: App, account: Waiting, { actor, cookies }: Bearer): boolean {
	return (
		(actor.kind === 'signed_in' && actor.accountId === account.accountId) ||
		isMarkedFor(app, cookies, account)
	);
}
