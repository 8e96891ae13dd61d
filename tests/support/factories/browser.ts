import { expect } from 'vitest';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { HttpBrowser } from '../http-browser.ts';
import { anAddress, aRegistration, PASSWORD, registerAndConfirm } from './registration.ts';

export type SignedInBrowser = {
	readonly browser: HttpBrowser;
	readonly accountId: AccountId;
	readonly address: string;
};

/** Somebody who has registered, confirmed the address and signed in by the form. */
export async function aSignedInBrowser(
	app: Capabilities,
	url: string,
	address = anAddress(),
): Promise<SignedInBrowser> {
	const accountId = await registerAndConfirm(app, aRegistration({ address }));
	return { browser: await signInBy(url, address), accountId, address };
}

/** One more browser in which this account signs in. */
export async function signInBy(url: string, address: string, password = PASSWORD): Promise<HttpBrowser> {
	const browser = new HttpBrowser(url);
	const answer = await browser.post('/kk/sign-in', { email: address, password });
	expect(answer, answer.body).toMatchObject({ status: 303, location: '/kk/me' });
	return browser;
}

/** A browser into which somebody has put the cookies of another. */
export function aThief(url: string, from: HttpBrowser): HttpBrowser {
	const thief = new HttpBrowser(url);
	for (const [name, value] of from.cookies) thief.cookies.set(name, value);
	return thief;
}

export const isSignedIn = async (browser: HttpBrowser): Promise<boolean> =>
	(await browser.get('/kk/me')).status === 200;
