import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '../capabilities.ts';
import { isSubmissionOf } from './submission-id.ts';

const LIST_MAX = 10_000;

/**
 * In which consultations this account took part; not what the same person did by another account, which may be somebody
 * else's who knows an IIN. What was voted for is not kept with a person.
 */
export async function listOwnParticipations(
	{ db, keys }: Pick<Capabilities, 'db' | 'keys'>,
	accountId: AccountId,
) {
	const rows = await db
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
		.select(['participation.voted_on as votedOn', 'participation.submission_id as submissionId'])
		.orderBy('participation.voted_on')
		.orderBy('participation.city_id')
		.orderBy('consultation.id')
		.limit(LIST_MAX)
		.execute();
	return rows
		.filter(({ submissionId }) => isSubmissionOf(keys, accountId, submissionId))
		.map(({ submissionId: _, ...participation }) => participation);
}
