import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import { VISITOR, type Actor, type Grant, type SignedIn } from '#lib/domain/access/actor.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Db } from '../capabilities.ts';
import { sha256 } from '../digest.ts';

type App = Pick<Capabilities, 'db' | 'origin'>;

/** What a request's cookies must be able to do; the framework's fit. */
export type CookieJar = {
	get(name: string): string | undefined;
	set(name: string, value: string, options: CookieOptions & { path: string }): void;
	delete(name: string, options: CookieOptions & { path: string }): void;
};
type CookieOptions = { httpOnly?: boolean; secure?: boolean; sameSite?: 'lax' | 'strict'; maxAge?: number };

const SESSION_DAYS = 30;

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof openLucia>;
		UserId: AccountId;
		DatabaseUserAttributes: Omit<SignedIn, 'accountId' | 'kind'>;
	}
}

/** Who sends this request: one query for the session, its account, residency and grants. Renews the cookie at half time. */
export async function findActor(app: App, cookies: CookieJar): Promise<Actor> {
	const lucia = openLucia(app);
	const sessionId = cookies.get(lucia.sessionCookieName);
	if (!sessionId) return VISITOR;
	const { session, user } = await lucia.validateSession(sessionId);
	if (session === null) {
		forget(lucia, cookies);
		return VISITOR;
	}
	if (session.fresh) remember(lucia, cookies, session.id);
	const { id: accountId, ...known } = user;
	return { kind: 'signed_in', accountId, ...known };
}

/** Starts a session under an id never seen before; the one that the browser brought along, if any, is dead from now on. */
export async function startSession(app: App, cookies: CookieJar, accountId: AccountId): Promise<void> {
	const lucia = openLucia(app);
	await endBroughtSession(lucia, cookies);
	const session = await lucia.createSession(accountId, {});
	remember(lucia, cookies, session.id);
}

export async function endSession(app: App, cookies: CookieJar): Promise<void> {
	const lucia = openLucia(app);
	await endBroughtSession(lucia, cookies);
	forget(lucia, cookies);
}

/** Ends every session of an account, on all its devices. */
export async function endAllSessions(db: Db, accountId: AccountId): Promise<void> {
	await db.deleteFrom('session').where('account_id', '=', accountId).execute();
}

/** Rows that no request can use any more. */
export async function deleteExpiredSessions(db: Db): Promise<void> {
	await openAdapter(db).deleteExpiredSessions();
}

function openLucia({ db, origin }: App) {
	const secure = origin.startsWith('https:');
	return new Lucia(openAdapter(db), {
		sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
		// The prefix makes browsers refuse the cookie from a subdomain or over plain http.
		sessionCookie: { name: secure ? '__Host-session' : 'session', attributes: { secure, sameSite: 'lax' } },
		getUserAttributes: (attributes) => attributes,
	});
}

type OurLucia = ReturnType<typeof openLucia>;

async function endBroughtSession(lucia: OurLucia, cookies: CookieJar): Promise<void> {
	const brought = cookies.get(lucia.sessionCookieName);
	if (brought) await lucia.invalidateSession(brought);
}

function remember(lucia: OurLucia, cookies: CookieJar, sessionId: string): void {
	const { name, value, attributes } = lucia.createSessionCookie(sessionId);
	cookies.set(name, value, cookieOptions(attributes));
}

function forget(lucia: OurLucia, cookies: CookieJar): void {
	const { name, attributes } = lucia.createBlankSessionCookie();
	cookies.delete(name, cookieOptions(attributes));
}

type LuciaCookie = ReturnType<OurLucia['createSessionCookie']>;

function cookieOptions({ secure, maxAge }: LuciaCookie['attributes']) {
	return {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: secure === true,
		...(maxAge === undefined ? {} : { maxAge }),
	} as const;
}

/**
 * Keeps only the SHA-256 of a session id, so that a copy of the table signs nobody in. An
 * expiry is set, and first of all checked, by the database's clock.
 */
function openAdapter(db: Db): Adapter {
	const lifetimeFromNow = sql<Instant>`clock_timestamp() + make_interval(days => ${SESSION_DAYS})`;
	return {
		async getSessionAndUser(sessionId) {
			const row = await selectSessionWithActor(db, sessionId).executeTakeFirst();
			if (row === undefined) return [null, null];
			const { accountId, expiresAt, displayName, emailConfirmed, cityId, personId, grants } = row;
			const residency = cityId === null || personId === null ? null : { cityId, personId };
			return [
				{ id: sessionId, userId: accountId, expiresAt: new Date(expiresAt), attributes: {} },
				{ id: accountId, attributes: { displayName, emailConfirmed, residency, grants } },
			];
		},
		// Raw ids cannot be given back; sessions of an account are listed by a query of our own.
		getUserSessions: () => Promise.resolve([]),
		async setSession({ id, userId }) {
			const session = { id_hash: sha256(id), account_id: userId, expires_at: lifetimeFromNow };
			await db.insertInto('session').values(session).execute();
		},
		async updateSessionExpiration(sessionId) {
			await db
				.updateTable('session')
				.set({ expires_at: lifetimeFromNow })
				.where('id_hash', '=', sha256(sessionId))
				.execute();
		},
		async deleteSession(sessionId) {
			await db.deleteFrom('session').where('id_hash', '=', sha256(sessionId)).execute();
		},
		async deleteUserSessions(userId) {
			await endAllSessions(db, userId);
		},
		async deleteExpiredSessions() {
			await db
				.deleteFrom('session')
				.where('expires_at', '<=', sql<Instant>`clock_timestamp()`)
				.execute();
		},
	};
}

function selectSessionWithActor(db: Db, sessionId: string) {
	return db
		.selectFrom('session')
		.innerJoin('account', 'account.id', 'session.account_id')
		.leftJoin('residency', (join) =>
			join.onRef('residency.account_id', '=', 'account.id').on('residency.ended_at', 'is', null),
		)
		.where('session.id_hash', '=', sha256(sessionId))
		.where('session.expires_at', '>', sql<Instant>`clock_timestamp()`)
		.select((eb) => [
			'account.id as accountId',
			'session.expires_at as expiresAt',
			'account.display_name as displayName',
			sql<boolean>`account.email_confirmed_at is not null`.as('emailConfirmed'),
			'residency.city_id as cityId',
			'residency.person_id as personId',
			jsonArrayFrom(
				eb
					.selectFrom('role_grant')
					.whereRef('role_grant.account_id', '=', 'account.id')
					.select(['role_grant.role', 'role_grant.city_id as cityId'])
					.orderBy('role_grant.role')
					.orderBy('role_grant.city_id'),
			)
				.$castTo<Grant[]>()
				.as('grants'),
		]);
}
