import type { CityId } from '#lib/domain/base/ids.ts';
import type { ResidencyMethod } from '#lib/domain/identity/words.ts';
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

/** The methods that a city offers, the easiest first: the IIN needs a list to be matched with. */
export async function listResidencyMethods(reader: Reader, cityId: CityId): Promise<ResidencyMethod[]> {
	const listed = await reader
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.select('city_id')
		.limit(1)
		.executeTakeFirst();
	return listed === undefined ? ['code'] : ['iin', 'code'];
}
