import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { Capabilities, Db } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { beginHalfSignIn, takeHalfSignIn } from './half-sign-in.ts';
import { findSignInNeeds } from './second-factor.ts';
import { endSession, startSession, type CookieJar } from './session.ts';
import type { ProvenPassword } from './sign-in.ts';

type App = Pick<Capabilities, 'db' | 'random' | 'origin'>;

/**
 * Starts the session of whose password is proven, or the sign-in that waits for their second factor. @returns what they
 * still owe; null when the password was changed meanwhile: then nothing is begun.
 */
export async function beginSignIn(
	app: App,
	cookies: CookieJar,
	proven: ProvenPassword,
	userAgent: string | null,
): Promise<{ readonly hasSecondFactor: boolean; readonly isStaff: boolean } | null> {
	const needs = await findSignInNeeds(app.db, proven.accountId);
	if (needs.hasSecondFactor) await beginHalfSignIn(app, cookies, proven.accountId);
	else await startSession(app, cookies, proven.accountId, userAgent);
	if (await isStillProven(app.db, proven)) return needs;
	if (needs.hasSecondFactor) await takeHalfSignIn(app, cookies);
	else await endSession(app, cookies);
	return null;
}

/**
 * To be asked after the session was begun. It waits for a change of password that is under way, which may have ended the
 * sessions before this one stood; a change that comes later ends this one too.
 */
async function isStillProven(db: Db, { accountId, passwordHash }: ProvenPassword): Promise<boolean> {
	const account = await db
		.selectFrom('account')
		.where('id', '=', accountId)
		.where('password_hash', '=', passwordHash)
		.select('id')
		.forShare()
		.executeTakeFirst();
	return account !== undefined;
}

/**
 * Exchanges a sign-in whose second factor was given for a session, both in one transaction: a change of password takes
 * either the one away or the other. @returns false when there is none any more; the browser's session is then left alone.
 */
export async function completeSignIn(
	app: App,
	cookies: CookieJar,
	accountId: AccountId,
	userAgent: string | null,
): Promise<boolean> {
	const completed = await transact<null, null>(app.db, async (tx) => {
		const inside = { ...app, db: tx };
		if (!(await takeHalfSignIn(inside, cookies))) return refused(null);
		await startSession(inside, cookies, accountId, userAgent, true);
		return ok(null);
	});
	return completed.ok;
}
