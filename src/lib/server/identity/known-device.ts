import { timingSafeEqual } from 'node:crypto';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { Capabilities } from '../capabilities.ts';
import { hmac } from '../digest.ts';
import { cookieName, cookieOptions } from './own-cookie.ts';
import type { CookieJar } from './session.ts';

type App = Pick<Capabilities, 'keys' | 'random' | 'origin'>;

const NAME = 'known-device';
const NONCE_BYTES = 16;
const YEAR_SECONDS = 31_536_000;

/**
 * Remembers that the owner of this address has signed in on this device. Its attempts are then counted apart from those
 * of strangers, so that nobody can lock an owner out by failing on purpose. It opens nothing by itself.
 */
export function rememberDevice(app: App, cookies: CookieJar, email: EmailAddress): void {
	const nonce = Buffer.from(app.random(NONCE_BYTES)).toString('base64url');
	cookies.set(cookieName(app, NAME), `${nonce}.${sign(app, email, nonce)}`, {
		...cookieOptions(app),
		maxAge: YEAR_SECONDS,
	});
}

export function forgetDevice(app: App, cookies: CookieJar): void {
	cookies.delete(cookieName(app, NAME), cookieOptions(app));
}

/** What to count this device's attempts under; null when the owner of the address never signed in on it. */
export function findKnownDevice(app: App, cookies: CookieJar, email: EmailAddress): string | null {
	const [nonce = '', signature = ''] = (cookies.get(cookieName(app, NAME)) ?? '').split('.', 2);
	const expected = Buffer.from(sign(app, email, nonce));
	const given = Buffer.from(signature);
	const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
	return nonce !== '' && isOurs ? nonce : null;
}

function sign({ keys }: App, email: EmailAddress, nonce: string): string {
	return Buffer.from(hmac(keys.secret, 'known-device', email.key, nonce)).toString('base64url');
}
