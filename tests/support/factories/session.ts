import type { AccountId } from '#lib/domain/base/ids.ts';
import { startSession } from '#lib/server/identity/index.ts';
import { testApp } from '../app.ts';
import type { TestDatabase } from '../database.ts';
import { aJar } from './registration.ts';

/** What the browser of somebody who has signed in keeps. */
export type SessionCookie = { readonly name: string; readonly value: string };

/** Signs the account in as sign-in does, but for the password and the second factor. */
export async function aSession(
	{ db }: Pick<TestDatabase, 'db'>,
	accountId: AccountId,
	{ secondFactorGiven = true } = {},
): Promise<SessionCookie> {
	const jar = aJar();
	await startSession(testApp(db), jar, accountId, null, secondFactorGiven);
	const [cookie] = jar.cookies;
	if (cookie === undefined) throw new Error('the session set no cookie');
	const [name, { value }] = cookie;
	return { name, value };
}
