import type { Cookies } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '../capabilities.ts';

const COOKIE = 'city';
const YEAR_SECONDS = 31_536_000;

/** The city that this browser's reader called theirs, as the browser tells it; null when they called none so. */
export function findMyCity(cookies: Pick<Cookies, 'get'>): CityId | null {
	return (cookies.get(COOKIE) as CityId | undefined) ?? null;
}

/** Kept in the reader's browser for a year and nowhere else; no other page reads it, and nobody is counted by it. */
export function keepMyCity(
	app: Pick<Capabilities, 'origin'>,
	cookies: Pick<Cookies, 'set'>,
	cityId: CityId,
): void {
	cookies.set(COOKIE, cityId, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: app.origin.startsWith('https:'),
		maxAge: YEAR_SECONDS,
	});
}

export function forgetMyCity(cookies: Pick<Cookies, 'delete'>): void {
	cookies.delete(COOKIE, { path: '/' });
}
