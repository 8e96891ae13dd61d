import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ResidencyCode } from '#lib/domain/identity/residency-code.ts';
import type { Keys } from '#lib/server/capabilities.ts';
import { hmac } from '#lib/server/digest.ts';
import type { ResidencyProver } from './method.ts';

type CodeRefusal = {
	readonly code: 'residency_code_unknown' | 'residency_code_used' | 'residency_code_expired';
};

/** A code is short enough to be tried out against a plain hash, so its hash has a key. */
export function hashCode(keys: Keys, cityId: CityId, code: ResidencyCode): Uint8Array {
	return hmac(keys.secret, 'residency-code', cityId, code);
}

/** A one-time code from the akimat's list of residents. The row is locked, so of two who type it at once one gets it. */
export const proveByCode: ResidencyProver<ResidencyCode, CodeRefusal> = async (tx, keys, claim) => {
	const codeHash = hashCode(keys, claim.cityId, claim.proof);
	const issued = await tx
		.selectFrom('residency_code')
		.where('city_id', '=', claim.cityId)
		.where('code_hash', '=', codeHash)
		.select(['person_key as personKey', 'identity_key as identityKey', 'district_id as districtId'])
		.select(sql<boolean>`used_at is not null`.as('used'))
		.select(sql<boolean>`expires_at <= clock_timestamp()`.as('expired'))
		.forUpdate()
		.executeTakeFirst();
	if (issued === undefined) return refused({ code: 'residency_code_unknown' });
	if (issued.used) return refused({ code: 'residency_code_used' });
	if (issued.expired) return refused({ code: 'residency_code_expired' });
	await tx
		.updateTable('residency_code')
		.set({ used_at: sql<Instant>`clock_timestamp()`, used_by: claim.accountId })
		.where('city_id', '=', claim.cityId)
		.where('code_hash', '=', codeHash)
		.execute();
	const { personKey, identityKey, districtId } = issued;
	return ok({ personKey, identityKey, districtId });
};
