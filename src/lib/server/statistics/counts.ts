import { sql } from 'kysely';
import type { CityId, ConsultationId, OptionId } from '#lib/domain/base/ids.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { DayCount } from '#lib/domain/participation/periods.ts';
import type { Step } from '#lib/domain/participation/steps.ts';
import type { DailyMetric } from '#lib/domain/participation/words.ts';
import type { Reader } from '../capabilities.ts';

/**
 * What has happened since the last published period, day by day, exact. Only publish-release reads it: nothing here may
 * reach a page. Days are cut on each city's own clock; `from` is the first day that no period covers yet.
 */
export type UnpublishedDay = DayCount & {
	readonly cityId: CityId;
	readonly from: CivilDate;
	/** Of answers only: calendar days from the comment to its answer, one for each answer of the day. */
	readonly waits?: readonly number[];
};

/** The days a release looks at: from the first day that is counted at all to the last one that has ended everywhere. */
export type Span = { readonly from: CivilDate; readonly to: CivilDate };

/** Residents: persons of a city on the day one of their accounts first confirmed a residency there; once for ever. */
export function countResidents(reader: Reader, span: Span): Promise<UnpublishedDay[]> {
	return reader
		.selectFrom(
			sql<UnpublishedDay>`(
				with confirmed as (
					select residency.city_id,
						(min(residency.verified_at) at time zone city.time_zone)::date as day
					from residency
					join city on city.id = residency.city_id
					group by residency.city_id, residency.person_id, city.time_zone
				),
				published as (${lastPublished('residents')})
				select confirmed.city_id as "cityId", confirmed.day, count(*)::int as count,
					coalesce(published.to_on + 1, ${span.from}::date) as "from"
				from confirmed
				left join published on published.city_id = confirmed.city_id
				where confirmed.day between coalesce(published.to_on + 1, ${span.from}::date) and ${span.to}::date
				group by confirmed.city_id, confirmed.day, published.to_on
			)`.as('unpublished'),
		)
		.select(['cityId', 'day', 'count', 'from'])
		.orderBy('cityId')
		.orderBy('day')
		.execute();
}

export type UnpublishedVotingDay = UnpublishedDay & {
	readonly consultationId: ConsultationId;
	/** The last day of voting once it has passed, else null. */
	readonly endedOn: CivilDate | null;
};

/** Ballots: one a person and consultation, on the day of the first; a ballot changed later is not another one. */
export function countBallotsByDay(reader: Reader, span: Span): Promise<UnpublishedVotingDay[]> {
	return reader
		.selectFrom(
			sql<UnpublishedVotingDay>`(
				with voting as (
					select consultation.city_id, consultation.id,
						(consultation.voting_opens_at at time zone city.time_zone)::date as opens_on,
						(consultation.voting_ends_at at time zone city.time_zone)::date as ends_on,
						(
							select max(to_on) from statistics_voting_period
							where city_id = consultation.city_id and consultation_id = consultation.id
						) as published_to
					from consultation
					join city on city.id = consultation.city_id
				)
				select voting.city_id as "cityId", voting.id as "consultationId", participation.voted_on as day,
					count(*)::int as count,
					coalesce(voting.published_to + 1, voting.opens_on) as "from",
					case when voting.ends_on <= ${span.to}::date then voting.ends_on end as "endedOn"
				from voting
				join participation
					on participation.city_id = voting.city_id and participation.consultation_id = voting.id
				where participation.voted_on
					between coalesce(voting.published_to + 1, voting.opens_on) and ${span.to}::date
				group by voting.city_id, voting.id, participation.voted_on, voting.published_to, voting.opens_on,
					voting.ends_on
			)`.as('unpublished'),
		)
		.select(['cityId', 'consultationId', 'day', 'count', 'from', 'endedOn'])
		.orderBy('cityId')
		.orderBy('consultationId')
		.orderBy('day')
		.execute();
}

/** Comments: every comment on a line of a city's budget, on the day it was written. */
export function countComments(reader: Reader, span: Span): Promise<UnpublishedDay[]> {
	return reader
		.selectFrom(
			sql<UnpublishedDay>`(
				with waiting as (${firstInstants('comments', span)})
				select waiting.city_id as "cityId", (comment.created_at at time zone waiting.time_zone)::date as day,
					count(*)::int as count, waiting.from_on as "from"
				from waiting
				join comment
					on comment.city_id = waiting.city_id
					and comment.created_at >= waiting.starts_at and comment.created_at < waiting.ends_at
				group by waiting.city_id, day, waiting.from_on
			)`.as('unpublished'),
		)
		.select(['cityId', 'day', 'count', 'from'])
		.orderBy('cityId')
		.orderBy('day')
		.execute();
}

/** Responses: comments that got their first answer, whatever its status, on the day of that answer. */
export function countResponses(reader: Reader, span: Span): Promise<UnpublishedDay[]> {
	return reader
		.selectFrom(
			sql<Required<UnpublishedDay>>`(
				with waiting as (${firstInstants('responses', span)}),
				answer as (
					select waiting.city_id, waiting.from_on,
						(comment.answered_at at time zone waiting.time_zone)::date as day,
						(comment.answered_at at time zone waiting.time_zone)::date
							- (comment.created_at at time zone waiting.time_zone)::date as wait
					from waiting
					join comment
						on comment.city_id = waiting.city_id
						and comment.answered_at >= waiting.starts_at and comment.answered_at < waiting.ends_at
				)
				select city_id as "cityId", day, count(*)::int as count, array_agg(wait) as waits, from_on as "from"
				from answer
				group by city_id, day, from_on
			)`.as('unpublished'),
		)
		.select(['cityId', 'day', 'count', 'waits', 'from'])
		.orderBy('cityId')
		.orderBy('day')
		.execute();
}

export type UntoldLine = Step & {
	readonly cityId: CityId;
	readonly to: CivilDate;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
};

/**
 * Comments on each line since it was last told, up to the last day of the city's comments that is published: later ones
 * are in no period yet, so telling them by line would tell of days that are not told.
 */
export function countUntoldLines(reader: Reader, span: Span): Promise<UntoldLine[]> {
	return reader
		.selectFrom(
			sql<UntoldLine>`(
				with published as (${lastPublished('comments')}),
				told as (
					select city_id, fiscal_year, subject_kind, subject_code, max(to_on) as to_on
					from statistics_step
					group by city_id, fiscal_year, subject_kind, subject_code
				)
				select comment.city_id as "cityId", comment.fiscal_year as "fiscalYear",
					comment.subject_kind as kind, comment.subject_code as code,
					coalesce(told.to_on + 1, ${span.from}::date) as "from", published.to_on as "to",
					count(*)::int as count
				from published
				join city on city.id = published.city_id
				join comment on comment.city_id = published.city_id
				left join told
					on told.city_id = comment.city_id and told.fiscal_year = comment.fiscal_year
					and told.subject_kind = comment.subject_kind and told.subject_code = comment.subject_code
				where (comment.created_at at time zone city.time_zone)::date
					between coalesce(told.to_on + 1, ${span.from}::date) and published.to_on
				group by comment.city_id, comment.fiscal_year, comment.subject_kind, comment.subject_code,
					told.to_on, published.to_on
			)`.as('untold'),
		)
		.select(['cityId', 'fiscalYear', 'kind', 'code', 'from', 'to', 'count'])
		.orderBy('cityId')
		.orderBy('fiscalYear')
		.orderBy('kind')
		.orderBy('code')
		.execute();
}

export type OptionVotes = {
	readonly cityId: CityId;
	readonly consultationId: ConsultationId;
	readonly optionId: OptionId;
	readonly votes: number;
};

/**
 * Votes by option: ballots that nothing has replaced and that name the option, of consultations whose counting ended
 * before the release and which no release has told yet. Nothing is read of a vote that is still open or being counted.
 */
export function countVotes(reader: Reader, span: Span): Promise<OptionVotes[]> {
	return reader
		.selectFrom(
			sql<OptionVotes>`(
				with counted as (
					select consultation.city_id, consultation.id
					from consultation
					join city on city.id = consultation.city_id
					where (consultation.counting_ends_at at time zone city.time_zone)::date <= ${span.to}::date
						and not exists (
							select from statistics_vote
							where city_id = consultation.city_id and consultation_id = consultation.id
						)
				)
				select option.city_id as "cityId", option.consultation_id as "consultationId",
					option.id as "optionId", count(ballot.id)::int as votes
				from counted
				join consultation_option as option
					on option.city_id = counted.city_id and option.consultation_id = counted.id
				left join ballot
					on ballot.city_id = counted.city_id and ballot.consultation_id = counted.id
					and ballot.is_current and option.id = any (ballot.option_ids)
				group by option.city_id, option.consultation_id, option.id
			)`.as('counted'),
		)
		.select(['cityId', 'consultationId', 'optionId', 'votes'])
		.orderBy('cityId')
		.orderBy('consultationId')
		.orderBy('optionId')
		.execute();
}

function lastPublished(metric: DailyMetric) {
	return sql`
		select city_id, max(to_on) as to_on
		from statistics_period
		where metric = ${metric}
		group by city_id`;
}

/** For each city the days that no period covers yet, as instants, so that an index on the time is used. */
function firstInstants(metric: 'comments' | 'responses', span: Span) {
	return sql`
		with published as (${lastPublished(metric)}),
		waiting as (
			select city.id as city_id, city.time_zone, coalesce(published.to_on + 1, ${span.from}::date) as from_on
			from city
			left join published on published.city_id = city.id
		)
		select city_id, time_zone, from_on,
			from_on::timestamp at time zone time_zone as starts_at,
			(${span.to}::date + 1)::timestamp at time zone time_zone as ends_at
		from waiting`;
}
