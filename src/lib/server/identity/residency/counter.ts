import type { CounterVisitId } from '#lib/domain/base/ids.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { ResidencyProver } from './method.ts';

type CounterRefusal = { readonly code: 'counter_visit_over' };

/**
 * By two officials who have seen the person and their document, one after the other (counter/). The key is that of the
 * IIN, so whoever comes by another way too is the same person. Nobody need be listed, but the list knows districts.
 */
export const proveAtCounter: ResidencyProver<CounterVisitId, CounterRefusal> = async (
	tx,
	_keys,
	{ cityId, accountId, proof },
) => {
	const visit = await tx
		.selectFrom('counter_visit as visit')
		.leftJoin('listed_person as listed', (join) =>
			join.onRef('listed.city_id', '=', 'visit.city_id').onRef('listed.person_key', '=', 'visit.person_key'),
		)
		.where('visit.city_id', '=', cityId)
		.where('visit.id', '=', proof)
		.where('visit.account_id', '=', accountId)
		.where('visit.confirmed_at', 'is not', null)
		.select(['visit.person_key as personKey', 'visit.identity_key as identityKey'])
		.select('listed.district_id as districtId')
		.executeTakeFirst();
	if (visit === undefined || visit.personKey === null) return refused({ code: 'counter_visit_over' });
	return ok({ ...visit, personKey: visit.personKey });
};
