import { sql, type RawBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import { VISITOR, type Actor, type Grant, type SignedIn } from '#lib/domain/access/actor.ts';
import type { AccountId, SessionId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { CONSENT_VERSION } from '#lib/domain/identity/consent.ts';
import { toDevice, type Device } from '#lib/domain/identity/device.ts';
import {
	LAST_USE_MINUTES,
	RESIDENT_IDLE_DAYS,
	RESIDENT_LIFE_DAYS,
	STAFF_IDLE_HOURS,
	STAFF_LIFE_HOURS,
} from '#lib/domain/identity/session-limits.ts';
import type { Capabilities, Db } from '../capabilities.ts';
import { sha256 } from '../digest.ts';
import type { Permit } from '../http/index.ts';

type App = Pick<Capabilities, 'db' | 'origin'>;

/** What a request's cookies must be able to do; the framework's fit. */
export type CookieJar = {
	get(name: string): string | undefined;
	set(name: string, value: string, options: CookieOptions & { path: string }): void;
	delete(name: string, options: CookieOptions & { path: string }): void;
};
type CookieOptions = { httpOnly?: boolean; secure?: boolean; sameSite?: 'lax' | 'strict'; maxAge?: number };

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof openLucia>;
		UserId: AccountId;
		DatabaseSessionAttributes: Device & { readonly secondFactorGiven: boolean };
		DatabaseUserAttributes: Omit<SignedIn, 'accountId' | 'kind' | 'secondFactorGiven'>;
	}
}

/** Who sends this request: one query for the session, its account, residency and grants. Notes the use, hourly at most. */
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
	return { kind: 'signed_in', accountId, ...known, secondFactorGiven: session.secondFactorGiven };
}

/**
 * Starts a session under an id never seen before; the one that the browser brought along, if any, is dead from now on.
 * Of the header User-Agent only the families of browser and system are kept.
 * @param secondFactorGiven what it took to come here: staff act only in a session that has it
 */
export async function startSession(
	app: App,
	cookies: CookieJar,
	accountId: AccountId,
	userAgent: string | null = null,
	secondFactorGiven = false,
): Promise<void> {
	const lucia = openLucia(app);
	await endBroughtSession(lucia, cookies);
	const session = await lucia.createSession(accountId, { ...toDevice(userAgent), secondFactorGiven });
	remember(lucia, cookies, session.id);
}

export async function endSession(app: App, cookies: CookieJar): Promise<void> {
	const lucia = openLucia(app);
	await endBroughtSession(lucia, cookies);
	forget(lucia, cookies);
}

/** One sign-in of an account, as its owner sees it. */
export type OwnSession = Device & {
	readonly id: SessionId;
	readonly startedAt: Instant;
	readonly lastUsedAt: Instant;
	/** The one that asks. */
	readonly isThis: boolean;
};

const LISTED_MAX = 100;

/** The sessions that still work, the one that asks first, then the latest used. */
export function listSessions(app: App, cookies: CookieJar, accountId: AccountId): Promise<OwnSession[]> {
	const brought = cookies.get(openLucia(app).sessionCookieName) ?? '';
	return app.db
		.selectFrom('session')
		.where('account_id', '=', accountId)
		.where(isAlive)
		.select(['id', 'browser', 'system', 'created_at as startedAt', 'last_used_at as lastUsedAt'])
		.select(sql<boolean>`id_hash = ${sha256(brought)}`.as('isThis'))
		.orderBy('isThis', 'desc')
		.orderBy('last_used_at', 'desc')
		.orderBy('id')
		.limit(LISTED_MAX)
		.execute();
}

/** Ends one session of the account; that of another account is not found and stays. */
export async function endOneSession(
	{ db }: Pick<App, 'db'>,
	{ actor }: Permit<'account.manage'>,
	id: SessionId,
): Promise<void> {
	await db.deleteFrom('session').where('account_id', '=', actor.accountId).where('id', '=', id).execute();
}

/**
 * Ends every session of an account, on all its devices, and every sign-in half done: to be called with each change of password, address or role, in
 * the transaction of the change.
 */
export async function endAllSessions(db: Db, accountId: AccountId): Promise<void> {
	await db.deleteFrom('half_sign_in').where('account_id', '=', accountId).execute();
	await db.deleteFrom('session').where('account_id', '=', accountId).execute();
}

/** Rows that no request can use any more. */
export async function deleteExpiredSessions(db: Db): Promise<void> {
	await openAdapter(db).deleteExpiredSessions();
}

const COOKIE_LIFE = new TimeSpan(RESIDENT_IDLE_DAYS, 'd');

function openLucia({ db, origin }: App) {
	const secure = origin.startsWith('https:');
	return new Lucia(openAdapter(db), {
		// How long the browser keeps the cookie. When the session is over the database says, by its own clock.
		sessionExpiresIn: COOKIE_LIFE,
		// The prefix makes browsers refuse the cookie from a subdomain or over plain http.
		sessionCookie: { name: secure ? '__Host-session' : 'session', attributes: { secure, sameSite: 'lax' } },
		getSessionAttributes: ({ secondFactorGiven }) => ({ secondFactorGiven }),
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
 * Keeps only the SHA-256 of a session id, so that a copy of the table signs nobody in. Which sessions are over is decided
 * by the database's clock alone; what lucia is told as an end only makes it note the use, or not.
 */
function openAdapter(db: Db): Adapter {
	return {
		async getSessionAndUser(sessionId) {
			const row = await selectSessionWithActor(db, sessionId).executeTakeFirst();
			if (row === undefined) return [null, null];
			const {
				accountId,
				browser,
				system,
				secondFactorGiven,
				isNoted,
				displayName,
				emailConfirmed,
				consentIsCurrent,
				cityId,
				personId,
				grants,
			} = row;
			const residency = cityId === null || personId === null ? null : { cityId, personId };
			// In the second half of its time lucia renews a session and the cookie.
			const timeLeft = COOKIE_LIFE.milliseconds() * (isNoted ? 1 : 0.25);
			const expiresAt = new Date(Date.now() + timeLeft);
			return [
				{ id: sessionId, userId: accountId, expiresAt, attributes: { browser, system, secondFactorGiven } },
				{ id: accountId, attributes: { displayName, emailConfirmed, consentIsCurrent, residency, grants } },
			];
		},
		// Raw ids cannot be given back; sessions of an account are listed by a query of our own.
		getUserSessions: () => Promise.resolve([]),
		async setSession({ id, userId, attributes: { secondFactorGiven, ...device } }) {
			const session = {
				...{ id_hash: sha256(id), account_id: userId, ...device },
				second_factor_at: secondFactorGiven ? sql<Instant>`clock_timestamp()` : null,
			};
			await db.insertInto('session').values(session).execute();
		},
		async updateSessionExpiration(sessionId) {
			await db
				.updateTable('session')
				.set({ last_used_at: sql<Instant>`clock_timestamp()` })
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
				.where(sql<boolean>`not ${isAlive}`)
				.execute();
		},
	};
}

/** Used lately and not begun too long ago, by what the account is now: who becomes staff has the limits of staff at once. */
const isAlive: RawBuilder<boolean> = sql<boolean>`(
	case when exists (select from role_grant where role_grant.account_id = session.account_id)
		then session.last_used_at > clock_timestamp() - make_interval(hours => ${STAFF_IDLE_HOURS})
			and session.created_at > clock_timestamp() - make_interval(hours => ${STAFF_LIFE_HOURS})
		else session.last_used_at > clock_timestamp() - make_interval(days => ${RESIDENT_IDLE_DAYS})
			and session.created_at > clock_timestamp() - make_interval(days => ${RESIDENT_LIFE_DAYS})
	end)`;

const isNoted = sql<boolean>`session.last_used_at > clock_timestamp() - make_interval(mins => ${LAST_USE_MINUTES})`;

function selectSessionWithActor(db: Db, sessionId: string) {
	return db
		.selectFrom('session')
		.innerJoin('account', 'account.id', 'session.account_id')
		.leftJoin('residency', (join) =>
			join.onRef('residency.account_id', '=', 'account.id').on('residency.ended_at', 'is', null),
		)
		.where('session.id_hash', '=', sha256(sessionId))
		.where(isAlive)
		.select((eb) => [
			'account.id as accountId',
			'session.browser',
			'session.system',
			sql<boolean>`session.second_factor_at is not null`.as('secondFactorGiven'),
			isNoted.as('isNoted'),
			'account.display_name as displayName',
			sql<boolean>`account.email_confirmed_at is not null`.as('emailConfirmed'),
			sql<boolean>`account.consent_version is null or account.consent_version = ${CONSENT_VERSION}`.as(
				'consentIsCurrent',
			),
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
