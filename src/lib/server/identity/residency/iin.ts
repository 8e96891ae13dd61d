import type { Iin } from '#lib/domain/identity/iin.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import { toIdentityKey, toPersonKey } from '../person-key.ts';
import type { ResidencyProver } from './method.ts';

type IinRefusal = { readonly code: 'residency_iin_unlisted' };

/**
 * By the IIN, matched with the akimat's list of residents. It proves that somebody of this number is listed, not that they
 * are at the keyboard: an IIN is known to employers and banks (docs/trust.md).
 */
export const proveByIin: ResidencyProver<Iin, IinRefusal> = async (tx, keys, { cityId, proof }) => {
	const personKey = toPersonKey(keys, cityId, proof);
	const listed = await tx
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.where('person_key', '=', personKey)
		.select('district_id as districtId')
		.executeTakeFirst();
	if (listed === undefined) return refused({ code: 'residency_iin_unlisted' });
	return ok({ personKey, identityKey: toIdentityKey(keys, proof), districtId: listed.districtId });
};
