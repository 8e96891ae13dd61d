import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '../capabilities.ts';
import { seal, unseal } from '../sealed.ts';
import { cookieName, cookieOptions } from './own-cookie.ts';
import type { CookieJar } from './session.ts';

type App = Pick<Capabilities, 'clock' | 'random' | 'keys' | 'origin'>;

/** What a browser keeps for us some minutes and can neither read nor change. */
export type SealedCookie = { readonly name: string; readonly minutes: number };

type Kept = { readonly until: number; readonly content: unknown };

/** For this account alone: in the browser of another it does not open. */
export function keepSealed(
	app: App,
	cookies: CookieJar,
	{ name, minutes }: SealedCookie,
	accountId: AccountId,
	content: unknown,
): void {
	const kept: Kept = { until: Date.parse(app.clock()) + minutes * 60_000, content };
	const bytes = seal(
		app.keys,
		app.random,
		{ purpose: name, owner: accountId },
		Buffer.from(JSON.stringify(kept)),
	);
	const value = Buffer.from(bytes).toString('base64url');
	cookies.set(cookieName(app, name), value, { ...cookieOptions(app), maxAge: minutes * 60 });
}

/** Null when there is none, its time is over, or it was sealed for another account or under another secret. */
export function openSealed(
	app: App,
	cookies: CookieJar,
	{ name }: SealedCookie,
	accountId: AccountId,
): unknown {
	const value = cookies.get(cookieName(app, name));
	if (!value) return null;
	const kept = readKept(app, { purpose: name, owner: accountId }, value);
	return kept !== null && kept.until > Date.parse(app.clock()) ? kept.content : null;
}

export function dropSealed(app: App, cookies: CookieJar, { name }: SealedCookie): void {
	cookies.delete(cookieName(app, name), cookieOptions(app));
}

/** A stranger's bytes do not open; that is no failure of ours. */
function readKept(app: App, sealedFor: Parameters<typeof unseal>[1], value: string): Kept | null {
	try {
		const bytes = unseal(app.keys, sealedFor, Buffer.from(value, 'base64url'));
		return JSON.parse(Buffer.from(bytes).toString()) as Kept;
	} catch {
		return null;
	}
}
