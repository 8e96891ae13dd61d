import type { Capabilities } from '../capabilities.ts';
import { sha256 } from '../digest.ts';
import type { CookieJar } from './session.ts';

const COOKIE = 'demonstration';
const MARK_BYTES = 24;
const DAY_SECONDS = 86_400;
const DAYS = 30;

/**
 * The random mark by which a demonstration knows this browser again, made if there is none: the outbox page shows it the
 * mails of accounts that were registered here, and of no others.
 */
export function markBrowser(app: Pick<Capabilities, 'random' | 'origin'>, cookies: CookieJar): string {
	const mark = cookies.get(COOKIE) ?? Buffer.from(app.random(MARK_BYTES)).toString('base64url');
	cookies.set(COOKIE, mark, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: app.origin.startsWith('https:'),
		maxAge: DAYS * DAY_SECONDS,
	});
	return mark;
}

/** Under what the accounts of this browser are noted; null when it has registered none. */
export function findBrowserHash(cookies: CookieJar): Uint8Array | null {
	const mark = cookies.get(COOKIE);
	return mark ? sha256(mark) : null;
}
