import { fail, type ActionFailure } from '@sveltejs/kit';
import { sql } from 'kysely';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '../capabilities.ts';
import { hmac } from '../digest.ts';
import type { FormErrors, FormValues } from './read-form.ts';

type App = Pick<Capabilities, 'db' | 'keys'>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * How many attempts in how many seconds. What is counted by network address is generous: a library, a school or a
 * mobile operator stands behind one address.
 */
const LIMITS = {
	'sign_in.account_at_address': { attempts: 10, seconds: 15 * MINUTE },
	'sign_in.known_device': { attempts: 20, seconds: 15 * MINUTE },
	'sign_in.account': { attempts: 100, seconds: HOUR },
	'sign_in.address': { attempts: 300, seconds: 15 * MINUTE },
	'second_step.account': { attempts: 10, seconds: 15 * MINUTE },
	'second_step.address': { attempts: 100, seconds: 15 * MINUTE },
	'passkey.address': { attempts: 300, seconds: 15 * MINUTE },
	'register.email': { attempts: 5, seconds: HOUR },
	'register.address': { attempts: 60, seconds: HOUR },
	'confirmation.resend': { attempts: 3, seconds: HOUR },
	'confirmation.address': { attempts: 100, seconds: HOUR },
	'confirmation.password': { attempts: 10, seconds: 15 * MINUTE },
	'reset.email': { attempts: 3, seconds: HOUR },
	'reset.address': { attempts: 60, seconds: HOUR },
	'link.address': { attempts: 100, seconds: HOUR },
	'email.change_to': { attempts: 5, seconds: HOUR },
	'email.change': { attempts: 5, seconds: HOUR },
	'profile.change': { attempts: 30, seconds: HOUR },
	'own_data.download': { attempts: 5, seconds: HOUR },
	'password.prove': { attempts: 10, seconds: 15 * MINUTE },
	'residency.account': { attempts: 10, seconds: HOUR },
	'residency.iin': { attempts: 5, seconds: 24 * HOUR },
	'residency.callback': { attempts: 20, seconds: HOUR },
	'residency.address': { attempts: 100, seconds: HOUR },
	'residents.import': { attempts: 30, seconds: HOUR },
	'counter.manage': { attempts: 300, seconds: HOUR },
	'residency_codes.manage': { attempts: 60, seconds: HOUR },
	'comment.create': { attempts: 20, seconds: HOUR },
	'export.address': { attempts: 600, seconds: HOUR },
} as const satisfies Readonly<Record<string, { attempts: number; seconds: number }>>;

export type LimitName = keyof typeof LIMITS;

/** `detail` says in how many minutes to try again. */
export type TooMany = {
	readonly code: 'too_many_requests';
	readonly detail: number;
	readonly retryAfterSeconds: number;
};

/**
 * Counts one attempt, over all processes, by the database's clock; refuses it when the window is full. One statement, so
 * attempts at the same instant are counted one by one.
 */
export async function limit(app: App, name: LimitName, key: string): Promise<Result<null, TooMany>> {
	const { attempts: allowed, seconds } = LIMITS[name];
	const windowEnd = sql<Instant>`clock_timestamp() + make_interval(secs => ${seconds})`;
	const isOver = sql<boolean>`rate_limit.window_ends_at <= clock_timestamp()`;
	const { attempts, secondsLeft } = await app.db
		.insertInto('rate_limit')
		.values({ key_hash: hashKey(app, name, key), attempts: 1, window_ends_at: windowEnd })
		.onConflict((conflict) =>
			conflict.constraint('rate_limit_pkey').doUpdateSet({
				attempts: sql<number>`case when ${isOver} then 1 else rate_limit.attempts + 1 end`,
				window_ends_at: sql<Instant>`case when ${isOver} then excluded.window_ends_at else rate_limit.window_ends_at end`,
			}),
		)
		.returning([
			'attempts',
			sql<number>`ceil(extract(epoch from window_ends_at - clock_timestamp()))::int`.as('secondsLeft'),
		])
		.executeTakeFirstOrThrow();
	if (attempts <= allowed) return ok(null);
	const retryAfterSeconds = Math.max(1, secondsLeft);
	return refused({
		code: 'too_many_requests',
		detail: Math.ceil(retryAfterSeconds / MINUTE),
		retryAfterSeconds,
	});
}

/**
 * The first of several limits that is full. What stands behind it does not count the attempt, so that who is over the
 * limit of their address cannot fill that of somebody's account: what belongs to an account goes last.
 */
export async function limitAll(
	app: App,
	limits: readonly (readonly [LimitName, string])[],
): Promise<Result<null, TooMany>> {
	for (const [name, key] of limits) {
		const counted = await limit(app, name, key);
		if (!counted.ok) return counted;
	}
	return ok(null);
}

/** Forgives what was counted, after the attempt that proved to be the rightful one. */
export async function forgive(app: App, name: LimitName, key: string): Promise<void> {
	await app.db
		.deleteFrom('rate_limit')
		.where('key_hash', '=', hashKey(app, name, key))
		.execute();
}

/** The same page again with what was typed, as 429 with Retry-After. */
export function failTooMany(
	event: { setHeaders(headers: Record<string, string>): void },
	values: FormValues,
	{ code, detail, retryAfterSeconds }: TooMany,
): ActionFailure<{ values: FormValues; errors: FormErrors }> {
	event.setHeaders({ 'retry-after': String(retryAfterSeconds) });
	return fail(429, { values, errors: { form: { code, detail } } });
}

/** Windows that have passed. */
export async function deletePassedLimits({ db }: Pick<App, 'db'>): Promise<void> {
	await db
		.deleteFrom('rate_limit')
		.where('window_ends_at', '<=', sql<Instant>`clock_timestamp()`)
		.execute();
}

function hashKey({ keys }: App, name: LimitName, key: string): Uint8Array {
	return hmac(keys.secret, 'rate-limit', name, key);
}
