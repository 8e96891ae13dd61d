import type { Grant, SignedIn } from '#lib/domain/access/actor.ts';
import type { Action } from '#lib/domain/access/can.ts';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Db } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { authorise, type Permit } from '#lib/server/http/index.ts';
import { anApp } from './app.ts';

let accounts = 0;

/** Somebody with a confirmed address, signed in. No password opens the account. */
export async function anAccount(
	db: Db,
	{ displayName = 'Айгүл', language = 'kk' as Language, grants = [] as readonly Grant[] } = {},
): Promise<SignedIn> {
	const app = anApp(db);
	const accountId = newId<AccountId>(app);
	const email = `somebody-${++accounts}@example.invalid`;
	await db
		.insertInto('account')
		.values({
			id: accountId,
			email,
			email_key: email,
			password_hash: 'none',
			display_name: displayName,
			language,
			email_confirmed_at: app.clock(),
		})
		.execute();
	return { kind: 'signed_in', accountId, displayName, emailConfirmed: true, residency: null, grants };
}

export function anOfficial(db: Db, cityId: CityId): Promise<SignedIn> {
	return anAccount(db, { displayName: 'Бөлім маманы', grants: [{ role: 'official', cityId }] });
}

/** The permit that a route would have got from `authorise`, by the same rules. */
export function permitFor<A extends Action>(actor: SignedIn, action: A, cityId: CityId | null): Permit<A> {
	const locals = { actor } as App.Locals;
	return authorise({ locals, params: {}, url: new URL('http://127.0.0.1/kk') }, action, { cityId });
}
