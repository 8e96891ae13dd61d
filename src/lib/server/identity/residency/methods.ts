import type { CityId } from '#lib/domain/base/ids.ts';
import { RESIDENCY_METHODS, type ResidencyMethod } from '#lib/domain/identity/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { proveByCode } from './code.ts';
import { proveByIin } from './iin.ts';

/** One file a method; the type errors list what a new one still needs. */
export const RESIDENCY_PROVERS = { code: proveByCode, iin: proveByIin } as const satisfies Readonly<
	Record<ResidencyMethod, unknown>
>;

/** What the resident hands in for a method. */
export type ProofOf<Method extends ResidencyMethod> = Parameters<
	(typeof RESIDENCY_PROVERS)[Method]
>[2]['proof'];

/** The methods that a city offers: those its administrators left open and that have what they need. */
export async function listResidencyMethods(reader: Reader, cityId: CityId): Promise<ResidencyMethod[]> {
	const [open, usable] = await Promise.all([
		listOpenMethods(reader, cityId),
		listUsableMethods(reader, cityId),
	]);
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

/** The methods that have what they need, the easiest first: an IIN is matched with the list of residents. */
export async function listUsableMethods(reader: Reader, cityId: CityId): Promise<ResidencyMethod[]> {
	const listed = await reader
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.select('city_id')
		.limit(1)
		.executeTakeFirst();
	return listed === undefined ? ['code'] : ['iin', 'code'];
}
