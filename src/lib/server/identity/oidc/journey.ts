import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import type { ConfirmResidencyRefusal, ProviderRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities, ProviderSecrets } from '#lib/server/capabilities.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { confirmResidency } from '../confirm-residency.ts';
import { listResidencyMethods } from '../residency/methods.ts';
import { dropSealed, keepSealed, openSealed, type SealedCookie } from '../sealed-cookie.ts';
import type { CookieJar } from '../session.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys' | 'origin' | 'identityProvider'>;

/** What somebody set out with, and finds again when they come back. */
export type Errand = {
	readonly cityId: CityId;
	readonly ageBand: AgeBand | null;
	readonly moving: boolean;
	/** Where to go on to. */
	readonly next: string;
	readonly language: Language;
};

type Journey = { readonly errand: Errand; readonly secrets: ProviderSecrets };

const MINUTES = 10;
/** The browser keeps what belongs together: another browser that is given the way back gets nowhere with it. */
const JOURNEY: SealedCookie = { name: 'residency-journey', minutes: MINUTES };
const SETBACK: SealedCookie = { name: 'residency-setback', minutes: MINUTES };

export type JourneyRefusal = ConfirmResidencyRefusal | ProviderRefusal;

/** Sets out for the provider. @returns the address to which the browser has to go. */
export async function departForProvider(
	app: App,
	cookies: CookieJar,
	{ actor }: Permit<'residency.confirm'>,
	errand: Errand,
): Promise<Result<string, JourneyRefusal>> {
	const { identityProvider } = app;
	const methods = await listResidencyMethods(app, errand.cityId);
	if (identityProvider === null || !methods.includes('oidc')) {
		return refused({ code: 'residency_method_closed' });
	}
	const begun = await identityProvider.begin(errand.language);
	if (!begun.ok) return begun;
	const { href, secrets } = begun.value;
	const journey: Journey = { errand, secrets };
	keepSealed(app, cookies, JOURNEY, actor.accountId, journey);
	dropSealed(app, cookies, SETBACK);
	return ok(href);
}

/** The journey of this browser, which is over with that: of its way back there is one. Null when there was none. */
export function takeJourney(app: App, cookies: CookieJar, accountId: AccountId): Journey | null {
	const journey = openSealed(app, cookies, JOURNEY, accountId) as Journey | null;
	dropSealed(app, cookies, JOURNEY);
	return journey;
}

/** Asks the provider what its answer stands for, and makes a resident of whom it names. */
export async function returnFromProvider(
	app: App,
	permit: Permit<'residency.confirm'>,
	{ errand, secrets }: Journey,
	answer: URLSearchParams,
): Promise<Result<null, JourneyRefusal>> {
	if (app.identityProvider === null) return refused({ code: 'residency_method_closed' });
	const proven = await app.identityProvider.finish(answer, secrets);
	if (!proven.ok) return proven;
	const { cityId, ageBand, moving } = errand;
	const claim = { cityId, method: 'oidc', proof: proven.value, ageBand, moving } as const;
	const confirmed = await confirmResidency(app, permit, claim);
	return confirmed.ok ? ok(null) : confirmed;
}

/** Why they came back with nothing, and what they had chosen: for the page on which they try again. */
export type Setback = {
	readonly refusal: { readonly code: string; readonly detail?: number };
	readonly ageBand: AgeBand | null;
	readonly moving: boolean;
};

export function keepSetback(app: App, cookies: CookieJar, accountId: AccountId, setback: Setback): void {
	keepSealed(app, cookies, SETBACK, accountId, setback);
}

export function findSetback(app: App, cookies: CookieJar, accountId: AccountId): Setback | null {
	return openSealed(app, cookies, SETBACK, accountId) as Setback | null;
}
