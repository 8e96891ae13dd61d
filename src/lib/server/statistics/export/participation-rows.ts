import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { DataKind, Metric } from '#lib/domain/participation/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { inRelease, type Release, type StatisticsFilter } from '../release.ts';
import { dataKind } from './data-kind.ts';
import { BATCH, comesAfter, inBatches } from './in-batches.ts';

type ParticipationRow = {
	readonly data_kind: DataKind;
	readonly released_on: CivilDate;
	readonly city: CityId;
	readonly metric: Metric;
	readonly consultation: string | null;
	readonly first_day: CivilDate;
	readonly last_day: CivilDate;
	readonly count: number;
	readonly median_wait_days: number | null;
};

/** Counts by city and period: what goes on for ever by metric, then the ballots of each consultation. */
export async function* participationRows(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
): AsyncGenerator<ParticipationRow> {
	yield* inBatches<ParticipationRow>((after) => readPeriods(reader, release, filter, after));
	yield* inBatches<ParticipationRow>((after) => readVotingPeriods(reader, release, filter, after));
}

function readPeriods(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
	after: ParticipationRow | null,
): Promise<ParticipationRow[]> {
	return reader
		.selectFrom('statistics_period as period')
		.innerJoin('statistics_release as release', 'release.released_on', 'period.released_on')
		.where(inRelease('period', { first: 'period.from_on', last: 'period.to_on' }, release, filter))
		.where(
			comesAfter(
				['period.city_id', 'period.metric', 'period.from_on'],
				after && [after.city, after.metric, after.first_day],
			),
		)
		.select((eb) => [
			dataKind(eb.ref('release.simulated')).as('data_kind'),
			'period.released_on',
			'period.city_id as city',
			'period.metric',
			sql<string | null>`null`.as('consultation'),
			'period.from_on as first_day',
			'period.to_on as last_day',
			'period.count',
			sql<number | null>`period.median_wait::float8`.as('median_wait_days'),
		])
		.orderBy('period.city_id')
		.orderBy('period.metric')
		.orderBy('period.from_on')
		.limit(BATCH)
		.execute();
}

function readVotingPeriods(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
	after: ParticipationRow | null,
): Promise<ParticipationRow[]> {
	return reader
		.selectFrom('statistics_voting_period as period')
		.innerJoin('statistics_release as release', 'release.released_on', 'period.released_on')
		.innerJoin('consultation', (join) =>
			join
				.onRef('consultation.city_id', '=', 'period.city_id')
				.onRef('consultation.id', '=', 'period.consultation_id'),
		)
		.where(inRelease('period', { first: 'period.from_on', last: 'period.to_on' }, release, filter))
		.where(
			comesAfter(
				['period.city_id', 'consultation.slug', 'period.from_on'],
				after && [after.city, after.consultation, after.first_day],
			),
		)
		.select((eb) => [
			dataKind(eb.ref('release.simulated')).as('data_kind'),
			'period.released_on',
			'period.city_id as city',
			sql<Metric>`'ballots'`.as('metric'),
			'consultation.slug as consultation',
			'period.from_on as first_day',
			'period.to_on as last_day',
			'period.ballots as count',
			sql<number | null>`null::float8`.as('median_wait_days'),
		])
		.orderBy('period.city_id')
		.orderBy('consultation.slug')
		.orderBy('period.from_on')
		.limit(BATCH)
		.execute();
}
