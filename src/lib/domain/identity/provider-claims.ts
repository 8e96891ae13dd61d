import type { CityId } from '../base/ids.ts';
import { ok, refused, type Result } from '../base/result.ts';
import { parseIin, type Iin } from './iin.ts';

/** Where a provider of identities says what we need, and what it calls the cities. */
export type ClaimRules = {
	/** The name of a claim or, with a slash in front, a JSON Pointer (RFC 6901) to one inside another. */
	readonly iin: string;
	readonly city: string;
	/** The provider's names of cities, each as `toCityName` writes it. A slug of ours needs no entry. */
	readonly cities: ReadonlyMap<string, CityId>;
};

/** Who somebody is, and where they live, by the word of a provider. */
export type ProvenClaims = { readonly iin: Iin; readonly cityId: CityId };

export type ProviderClaimsRefusal = {
	readonly code: 'provider_person_unreadable' | 'provider_city_unknown';
};

const CITY_NAME_LENGTH_MAX = 200;
const SLUG = /^[a-z][a-z-]{1,39}$/;

/** One form for all spellings of a name: capitals and spaces do not count. */
export function toCityName(text: string): string {
	return text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/**
 * Reads who and where. A claim is a stranger's text: only a right IIN and a known name of a city come out of it, and
 * whatever else it holds goes no further. A person without an IIN could not be told from one who comes by another way.
 */
export function readProviderClaims(
	claims: unknown,
	rules: ClaimRules,
): Result<ProvenClaims, ProviderClaimsRefusal> {
	const number = findClaim(claims, rules.iin);
	const iin = typeof number === 'string' ? parseIin(number) : null;
	if (iin === null || !iin.ok) return refused({ code: 'provider_person_unreadable' });
	const name = findClaim(claims, rules.city);
	const cityId = typeof name === 'string' ? findCityId(name, rules.cities) : null;
	if (cityId === null) return refused({ code: 'provider_city_unknown' });
	return ok({ iin: iin.value, cityId });
}

function findCityId(text: string, cities: ClaimRules['cities']): CityId | null {
	if (text.length > CITY_NAME_LENGTH_MAX) return null;
	const name = toCityName(text);
	return cities.get(name) ?? (SLUG.test(name) ? (name as CityId) : null);
}

function findClaim(claims: unknown, path: string): unknown {
	const names = path.startsWith('/') ? path.slice(1).split('/').map(unescapeName) : [path];
	let found: unknown = claims;
	for (const name of names) {
		if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
		found = (found as Readonly<Record<string, unknown>>)[name];
	}
	return found;
}

/** In a pointer `~1` stands for a slash in a name, and `~0` for the tilde. */
function unescapeName(name: string): string {
	return name.replaceAll('~1', '/').replaceAll('~0', '~');
}
