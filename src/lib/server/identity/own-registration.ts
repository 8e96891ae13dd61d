import { timingSafeEqual } from 'node:crypto';
import type { Capabilities } from '../capabilities.ts';
import { hmac } from '../digest.ts';
import { cookieName, cookieOptions } from './own-cookie.ts';
import type { CookieJar } from './session.ts';

type App = Pick<Capabilities, 'keys' | 'random' | 'origin'>;

/** One registration, told from an earlier or later one with the same address by its salted hash of the password. */
export type RegistrationFacts = { readonly emailKey: string; readonly passwordHash: string };

const NAME = 'registration';
const NONCE_BYTES = 16;
const MONTH_SECONDS = 2_592_000;

/**
 * Remembers that it was in this browser that somebody registered. Together with the link from the mail it shows that who
 * registered is who reads the mail. It is set whether or not the address has an account already, and tells nothing of it.
 */
export function markRegistration(app: App, cookies: CookieJar, facts: RegistrationFacts): void {
	const nonce = Buffer.from(app.random(NONCE_BYTES)).toString('base64url');
	cookies.set(cookieName(app, NAME), `${nonce}.${sign(app, facts, nonce)}`, {
		...cookieOptions(app),
		maxAge: MONTH_SECONDS,
	});
}

/** True in the browser in which this registration was sent, and in no other. */
export function isMarkedFor(app: App, cookies: CookieJar, facts: RegistrationFacts): boolean {
	const [nonce = '', signature = ''] = (cookies.get(cookieName(app, NAME)) ?? '').split('.', 2);
	const expected = Buffer.from(sign(app, facts, nonce));
	const given = Buffer.from(signature);
	return nonce !== '' && given.length === expected.length && timingSafeEqual(given, expected);
}

export function forgetRegistration(app: App, cookies: CookieJar): void {
	cookies.delete(cookieName(app, NAME), cookieOptions(app));
}

function sign({ keys }: App, { emailKey, passwordHash }: RegistrationFacts, nonce: string): string {
	return Buffer.from(hmac(keys.secret, 'registration', emailKey, passwordHash, nonce)).toString('base64url');
}
