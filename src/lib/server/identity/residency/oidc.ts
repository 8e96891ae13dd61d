import { ok, refused } from '#lib/domain/base/result.ts';
import type { ProvenClaims } from '#lib/domain/identity/provider-claims.ts';
import { toIdentityKey, toPersonKey } from '../person-key.ts';
import type { ResidencyProver } from './method.ts';

type OidcRefusal = { readonly code: 'residency_provider_elsewhere' };

/**
 * By the word of a provider of identities, who knows the person's IIN and where they are registered. The key is that of
 * the IIN, so whoever comes by the list of residents too is the same person. Nobody need be listed, but the list knows
 * districts.
 */
export const proveByOidc: ResidencyProver<ProvenClaims, OidcRefusal> = async (
	tx,
	keys,
	{ cityId, proof },
) => {
	if (proof.cityId !== cityId) return refused({ code: 'residency_provider_elsewhere' });
	const personKey = toPersonKey(keys, cityId, proof.iin);
	const listed = await tx
		.selectFrom('listed_person')
		.where('city_id', '=', cityId)
		.where('person_key', '=', personKey)
		.select('district_id as districtId')
		.executeTakeFirst();
	return ok({
		...{ personKey, identityKey: toIdentityKey(keys, proof.iin) },
		districtId: listed?.districtId ?? null,
	});
};
