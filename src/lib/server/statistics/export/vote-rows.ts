import { sql } from 'kysely';
import type { CityId, OptionId } from '#lib/domain/base/ids.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { DataKind } from '#lib/domain/participation/words.ts';
import { subjectOf } from '#lib/server/budget/index.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { inRelease, type Release, type StatisticsFilter } from '../release.ts';
import { dataKind } from './data-kind.ts';
import { BATCH, comesAfter, inBatches } from './in-batches.ts';
import { nameIn } from './subject-names.ts';

type VoteRow = {
	readonly data_kind: DataKind;
	readonly released_on: CivilDate;
	readonly city: CityId;
	readonly consultation: string;
	readonly voting_ended_on: CivilDate;
	readonly option: OptionId;
	readonly fiscal_year: number;
	readonly kind: LineKind;
	readonly code: string;
	readonly name_kk: string | null;
	readonly name_ru: string | null;
	readonly name_en: string | null;
	readonly votes: number | null;
	readonly suppressed: boolean;
};

/** Votes by line of consultations whose counting has ended; the days of the filter are those on which voting ended. */
export function voteRows(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
): AsyncGenerator<VoteRow> {
	return inBatches<VoteRow>((after) =>
		reader
			.selectFrom('statistics_vote as vote')
			.innerJoin('statistics_release as release', 'release.released_on', 'vote.released_on')
			.innerJoin(endedVotes, (join) =>
				join
					.onRef('ended.city_id', '=', 'vote.city_id')
					.onRef('ended.consultation_id', '=', 'vote.consultation_id'),
			)
			.innerJoin('consultation_option as option', (join) =>
				join
					.onRef('option.city_id', '=', 'vote.city_id')
					.onRef('option.consultation_id', '=', 'vote.consultation_id')
					.onRef('option.id', '=', 'vote.option_id'),
			)
			.innerJoin('subject', (join) => join.on(subjectOf('option')))
			.where(inRelease('vote', { first: 'ended.ended_on', last: 'ended.ended_on' }, release, filter))
			.where(
				comesAfter(
					['vote.city_id', 'ended.slug', 'vote.option_id'],
					after && [after.city, after.consultation, after.option],
				),
			)
			.select((eb) => [
				dataKind(eb.ref('release.simulated')).as('data_kind'),
				'vote.released_on',
				'vote.city_id as city',
				'ended.slug as consultation',
				'ended.ended_on as voting_ended_on',
				'vote.option_id as option',
				'subject.fiscal_year',
				'subject.kind',
				'subject.code',
				nameIn('kk', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_kk'),
				nameIn('ru', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_ru'),
				nameIn('en', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_en'),
				'vote.votes',
				sql<boolean>`vote.votes is null`.as('suppressed'),
			])
			.orderBy('vote.city_id')
			.orderBy('ended.slug')
			.orderBy('vote.option_id')
			.limit(BATCH)
			.execute(),
	);
}

/** Every consultation with the day on which its voting ended, on the city's clock. */
const endedVotes = sql<{
	readonly city_id: CityId;
	readonly consultation_id: string;
	readonly slug: string;
	readonly ended_on: CivilDate;
}>`(
	select consultation.city_id, consultation.id as consultation_id, consultation.slug,
		(consultation.voting_ends_at at time zone city.time_zone)::date as ended_on
	from consultation
	join city on city.id = consultation.city_id
)`.as('ended');
