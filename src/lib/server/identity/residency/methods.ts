import type { CityId } from '#lib/domain/base/ids.ts';
import { RESIDENCY_METHODS, type ResidencyMethod } from '#lib/domain/identity/words.ts';
import type { Capabilities, Reader } from '#lib/server/capabilities.ts';
import { proveByCode } from './code.ts';
import { proveAtCounter } from './counter.ts';
import { proveByIin } from './iin.ts';
import { proveByOidc } from './oidc.ts';

/** One file a method; the type errors list what a new one still needs. */
export const RESIDENCY_PROVERS = {
	iin: proveByIin,
	oidc: proveByOidc,
	code: proveByCode,
	counter: proveAtCounter,
} as const satisfies Readonly<Record<ResidencyMethod, unknown>>;

/** What the resident hands in for a method. */
export type ProofOf<Method extends ResidencyMethod> = Parameters<
	(typeof RESIDENCY_PROVERS)[Method]
>[2]['proof'];

type App = Pick<Capabilities, 'identityProvider'> & { readonly db: Reader };

/** The methods that a city offers: those its administrators left open and that have what they need. */
export async function listResidencyMethods(app: App, cityId: CityId): Promise<ResidencyMethod[]> {
	const [open, usable] = await Promise.all([listOpenMethods(app.db, cityId), listUsableMethods(app, cityId)]);
	return usable.filter((method) => open.includes(method));
}

/** The methods that administrators left open; all, where they have set nothing. */
export async function listOpenMethods(reader: Reader, cityId: CityId): Promise<ResidencyMethod[]> {
	const setting = await reader
		.selectFrom('city_setting')
		.where('city_id', '=', cityId)
		.select('residency_methods as methods')
		.executeTakeFirst();
	return RESIDENCY_METHODS.filter((method) => setting?.methods.includes(method) ?? true);
}

/**
 * The methods that have what they need, the easiest first. An IIN is matched with the list of residents; a provider is
 * one that the server was set up with; at a counter there are two officials.
 */
export async function listUsableMethods(
	{ db, identityProvider }: App,
	cityId: CityId,
): Promise<ResidencyMethod[]> {
	const isUsable: Readonly<Record<ResidencyMethod, boolean>> = {
		iin: await hasResidentsList(db, cityId),
		oidc: identityProvider !== null,
		code: true,
		counter: await hasTwoOfficials(db, cityId),
	};
	return RESIDENCY_METHODS.filter((method) => isUsable[method]);
}

export async function hasResidentsList(reader: Reader, cityId: CityId): Promise<boolean> {
	const listed = await reader
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.select('city_id')
		.limit(1)
		.executeTakeFirst();
	return listed !== undefined;
}

async function hasTwoOfficials(reader: Reader, cityId: CityId): Promise<boolean> {
	const officials = await reader
		.selectFrom('role_grant')
		.where('city_id', '=', cityId)
		.where('role', '=', 'official')
		.select('account_id')
		.orderBy('account_id')
		.limit(2)
		.execute();
	return officials.length === 2;
}
