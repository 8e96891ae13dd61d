import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Reader } from '../capabilities.ts';

const LIST_MAX = 10_000;

/** In which consultations the person behind this account took part. What was voted for is not kept with a person. */
export function listOwnParticipations(reader: Reader, accountId: AccountId) {
	return reader
		.selectFrom('residency')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.city_id', '=', 'residency.city_id')
				.onRef('participation.person_id', '=', 'residency.person_id'),
		)
		.innerJoin('consultation', (join) =>
			join
				.onRef('consultation.city_id', '=', 'participation.city_id')
				.onRef('consultation.id', '=', 'participation.consultation_id'),
		)
		.where('residency.account_id', '=', accountId)
		.select(['participation.city_id as city', 'consultation.slug as consultation', 'participation.channel'])
		.select(['participation.district_id as district', 'participation.age_band as ageBand'])
		.select('participation.voted_on as votedOn')
		.orderBy('participation.voted_on')
		.orderBy('participation.city_id')
		.orderBy('consultation.id')
		.limit(LIST_MAX)
		.execute();
}
