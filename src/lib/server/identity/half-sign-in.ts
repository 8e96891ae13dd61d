import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Db } from '../capabilities.ts';
import { sha256 } from '../digest.ts';
import { cookieName, cookieOptions } from './own-cookie.ts';
import type { CookieJar } from './session.ts';

type App = Pick<Capabilities, 'db' | 'random' | 'origin'>;

const NAME = 'half-sign-in';
const TOKEN_BYTES = 32;
const MINUTES = 10;

/**
 * The password was right and the second factor is still to come. This is no session: all it can do is to be exchanged for
 * one, once, within ten minutes, in this browser. Only its hash is kept.
 */
export async function beginHalfSignIn(app: App, cookies: CookieJar, accountId: AccountId): Promise<void> {
	const token = Buffer.from(app.random(TOKEN_BYTES)).toString('base64url');
	await app.db
		.insertInto('half_sign_in')
		.values({
			token_hash: sha256(token),
			account_id: accountId,
			expires_at: sql<Instant>`clock_timestamp() + make_interval(mins => ${MINUTES})`,
		})
		.execute();
	cookies.set(cookieName(app, NAME), token, { ...cookieOptions(app), maxAge: MINUTES * 60 });
}

/** Whose second factor this browser has still to give; null when there is no such sign-in, or its time has passed. */
export async function findHalfSignIn(
	app: App,
	cookies: CookieJar,
): Promise<{ readonly accountId: AccountId; readonly email: string; readonly emailKey: string } | null> {
	const row = await app.db
		.selectFrom('half_sign_in')
		.innerJoin('account', 'account.id', 'half_sign_in.account_id')
		.where('token_hash', '=', hashBrought(app, cookies))
		.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
		.select(['account.id as accountId', 'account.email', 'account.email_key as emailKey'])
		.executeTakeFirst();
	return row ?? null;
}

/** Uses it up; of two requests at once one gets it. @returns whether there was one. */
export async function takeHalfSignIn(app: App, cookies: CookieJar): Promise<boolean> {
	const taken = await app.db
		.deleteFrom('half_sign_in')
		.where('token_hash', '=', hashBrought(app, cookies))
		.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
		.returning('account_id')
		.executeTakeFirst();
	cookies.delete(cookieName(app, NAME), cookieOptions(app));
	return taken !== undefined;
}

/** Rows that no request can use any more. */
export async function deletePassedHalfSignIns(db: Db): Promise<void> {
	await db
		.deleteFrom('half_sign_in')
		.where('expires_at', '<=', sql<Instant>`clock_timestamp()`)
		.execute();
}

const hashBrought = (app: App, cookies: CookieJar): Uint8Array =>
	sha256(cookies.get(cookieName(app, NAME)) ?? '');
