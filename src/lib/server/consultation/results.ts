import { sql } from 'kysely';
import type { CityId, ConsultationId, OptionId } from '#lib/domain/base/ids.ts';
import type { Language, Passage } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import { subjectName, subjectOf } from '../budget/index.ts';
import type { Reader } from '../capabilities.ts';
import { consultationText } from './consultation-text.ts';

/** Ballots that count, and those of them that are blank. */
export type BallotCount = { readonly ballots: number; readonly blank: number };

/** Null until the count has ended, by the database's clock: before that nothing is known of any ballot. */
export async function countBallots(
	reader: Reader,
	cityId: CityId,
	consultationId: ConsultationId,
): Promise<BallotCount | null> {
	const count = await reader
		.selectFrom('consultation')
		.where('consultation.city_id', '=', cityId)
		.where('consultation.id', '=', consultationId)
		.where('consultation.counting_ends_at', '<=', sql<Instant>`clock_timestamp()`)
		.innerJoinLateral(
			(eb) =>
				eb
					.selectFrom('ballot')
					.whereRef('ballot.city_id', '=', 'consultation.city_id')
					.whereRef('ballot.consultation_id', '=', 'consultation.id')
					.where('ballot.is_current', '=', true)
					.select([
						sql<number>`count(*)::int`.as('ballots'),
						sql<number>`(count(*) filter (where cardinality(ballot.option_ids) = 0))::int`.as('blank'),
					])
					.as('count'),
			(join) => join.onTrue(),
		)
		.select(['count.ballots', 'count.blank'])
		.executeTakeFirst();
	return count ?? null;
}

export type OptionResult = {
	readonly id: OptionId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
	readonly alias: string;
	readonly name: Passage;
	/** Ballots that name the option. */
	readonly votes: number;
	/** Equal votes share a rank, and the ranks after them are left out: 1, 2, 2, 4. */
	readonly rank: number;
};

/**
 * The rule `totals` (docs/tally.md, 2): the votes of each option over the ballots that count, most votes first, equal
 * ones in the order of the paper. Empty until the count has ended, by the database's clock.
 */
export function listOptionResults(
	reader: Reader,
	cityId: CityId,
	consultationId: ConsultationId,
	language: Language,
): Promise<OptionResult[]> {
	return reader
		.selectFrom(
			sql<Omit<OptionResult, 'name'> & { readonly position: number; readonly classification_code: string }>`(
				select
					option.id,
					option.position,
					option.fiscal_year as "fiscalYear",
					subject.kind,
					subject.code,
					subject.alias,
					subject.classification_code,
					coalesce(vote.votes, 0) as votes,
					-- Ranks are shared by the votes alone; the order of the paper only decides who is printed first.
					(rank() over (order by coalesce(vote.votes, 0) desc))::int as rank
				from consultation
				join consultation_option as option
					on option.city_id = consultation.city_id and option.consultation_id = consultation.id
				join subject on ${subjectOf('option')}
				left join (
					-- Only ballots that nothing has replaced; a blank one names no option and adds nothing here.
					select chosen.id, count(*)::int as votes
					from ballot
					cross join unnest(ballot.option_ids) as chosen (id)
					where ballot.city_id = ${cityId} and ballot.consultation_id = ${consultationId} and ballot.is_current
					group by chosen.id
				) as vote on vote.id = option.id
				where consultation.city_id = ${cityId} and consultation.id = ${consultationId}
					and consultation.counting_ends_at <= clock_timestamp()
			)`.as('result'),
		)
		.select((eb) => [
			'result.id',
			'result.fiscalYear',
			'result.kind',
			'result.code',
			'result.alias',
			subjectName(eb.ref('result.kind'), eb.ref('result.classification_code'), language).as('name'),
			'result.votes',
			'result.rank',
		])
		.orderBy('result.votes', 'desc')
		.orderBy('result.position')
		.limit(1000)
		.execute();
}

/** How a line came out in one consultation whose count has ended. */
export type SubjectResult = {
	readonly slug: string;
	readonly title: Passage;
	readonly votingEndsAt: Instant;
	readonly timeZone: string;
	readonly votes: number;
	readonly ballots: number;
	readonly rank: number;
	readonly optionCount: number;
};

/** The votes for a line of a year's budget, in every consultation that put it to the vote and has been counted. */
export function listSubjectResults(
	reader: Reader,
	subject: {
		readonly cityId: CityId;
		readonly fiscalYear: number;
		readonly kind: LineKind;
		readonly code: string;
	},
	language: Language,
): Promise<SubjectResult[]> {
	return reader
		.selectFrom(
			sql<Omit<SubjectResult, 'title'> & { readonly id: ConsultationId; readonly city_id: CityId }>`(
				with counted as (
					select consultation.city_id, consultation.id, consultation.slug, consultation.voting_ends_at,
						option.id as option_id
					from consultation_option as option
					join consultation
						on consultation.city_id = option.city_id and consultation.id = option.consultation_id
					where option.city_id = ${subject.cityId} and option.fiscal_year = ${subject.fiscalYear}
						and option.subject_kind = ${subject.kind} and option.subject_code = ${subject.code}
						and consultation.counting_ends_at <= clock_timestamp()
				),
				vote as (
					select counted.id as consultation_id, chosen.id as option_id, count(*)::int as votes
					from counted
					join ballot
						on ballot.city_id = counted.city_id and ballot.consultation_id = counted.id and ballot.is_current
					cross join unnest(ballot.option_ids) as chosen (id)
					group by counted.id, chosen.id
				),
				ranked as (
					-- Over all options of each consultation, so that a rank here is the rank on its page of results.
					select counted.id as consultation_id, option.id as option_id, coalesce(vote.votes, 0) as votes,
						(rank() over (partition by counted.id order by coalesce(vote.votes, 0) desc))::int as rank,
						(count(*) over (partition by counted.id))::int as option_count
					from counted
					join consultation_option as option
						on option.city_id = counted.city_id and option.consultation_id = counted.id
					left join vote on vote.consultation_id = counted.id and vote.option_id = option.id
				)
				select
					counted.city_id,
					counted.id,
					counted.slug,
					counted.voting_ends_at as "votingEndsAt",
					city.time_zone as "timeZone",
					ranked.votes,
					(
						select count(*)::int from ballot
						where ballot.city_id = counted.city_id and ballot.consultation_id = counted.id and ballot.is_current
					) as ballots,
					ranked.rank,
					ranked.option_count as "optionCount"
				from counted
				join city on city.id = counted.city_id
				join ranked on ranked.consultation_id = counted.id and ranked.option_id = counted.option_id
			)`.as('result'),
		)
		.select((eb) => [
			'result.slug',
			consultationText('title', eb.ref('result.city_id'), eb.ref('result.id'), language).as('title'),
			'result.votingEndsAt',
			'result.timeZone',
			'result.votes',
			'result.ballots',
			'result.rank',
			'result.optionCount',
		])
		.orderBy('result.votingEndsAt', 'desc')
		.orderBy('result.slug')
		.limit(50)
		.execute();
}
