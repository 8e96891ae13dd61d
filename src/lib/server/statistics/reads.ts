import { sql, type RawBuilder } from 'kysely';
import type { CityId, ConsultationId } from '#lib/domain/base/ids.ts';
import type { Language, Passage } from '#lib/domain/base/language.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { Metric } from '#lib/domain/participation/words.ts';
import { subjectName, subjectOf } from '../budget/index.ts';
import type { Reader } from '../capabilities.ts';
import { consultationText } from '../consultation/index.ts';
import { inRelease, type Release, type StatisticsFilter } from './release.ts';

/** What pages show. Everything is added up from the rows that the exports give row by row, so that both agree. */

export type MetricTotal = {
	readonly cityId: CityId;
	readonly metric: Metric;
	readonly count: number;
	/** Up to which day the total counts. */
	readonly lastDay: CivilDate;
};

/** The published total of each metric of each city; one of which nothing is published has no row. */
export function listTotals(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
): Promise<MetricTotal[]> {
	return reader
		.selectFrom(publishedPeriods(release, filter).as('period'))
		.select([
			'city_id as cityId',
			'metric',
			sql<number>`sum(count)::int`.as('count'),
			sql<CivilDate>`max(to_on)`.as('lastDay'),
		])
		.groupBy(['city_id', 'metric'])
		.orderBy('city_id')
		.orderBy('metric')
		.execute();
}

export type PeriodEnd = { readonly metric: Metric; readonly to: CivilDate; readonly count: number };

/** How much was published with each last day, of one city or of all together, in the order of days. */
export function listPeriodEnds(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
): Promise<PeriodEnd[]> {
	return reader
		.selectFrom(publishedPeriods(release, filter).as('period'))
		.select(['metric', 'to_on as to', sql<number>`sum(count)::int`.as('count')])
		.groupBy(['metric', 'to_on'])
		.orderBy('to_on')
		.orderBy('metric')
		.execute();
}

type PublishedPeriod = {
	readonly city_id: CityId;
	readonly metric: Metric;
	readonly to_on: CivilDate;
	readonly count: number;
};

function publishedPeriods(release: Release, filter: StatisticsFilter): RawBuilder<PublishedPeriod> {
	const days = { first: 'period.from_on', last: 'period.to_on' };
	return sql<PublishedPeriod>`(
		select city_id, metric, to_on, count
		from statistics_period as period
		where ${inRelease('period', days, release, filter)}
		union all
		select city_id, 'ballots', to_on, ballots
		from statistics_voting_period as period
		where ${inRelease('period', days, release, filter)}
	)`;
}

/** How many ballots of a consultation are published, and up to which day; null before the first ones are. */
export async function findPublishedBallots(
	reader: Reader,
	cityId: CityId,
	consultationId: ConsultationId,
): Promise<{ readonly ballots: number; readonly lastDay: CivilDate } | null> {
	const published = await reader
		.selectFrom('statistics_voting_period')
		.where('city_id', '=', cityId)
		.where('consultation_id', '=', consultationId)
		.select([sql<number>`sum(ballots)::int`.as('ballots'), sql<CivilDate>`max(to_on)`.as('lastDay')])
		.groupBy('consultation_id')
		.executeTakeFirst();
	return published ?? null;
}

export type AnswerPeriod = {
	readonly from: CivilDate;
	readonly to: CivilDate;
	readonly count: number;
	/** Half of the answers took no longer than so many calendar days. */
	readonly medianWait: number;
};

/** How long answers took, period by period, newest first. */
export function listAnswerPeriods(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
): Promise<AnswerPeriod[]> {
	return reader
		.selectFrom('statistics_period as period')
		.where('period.metric', '=', 'responses')
		.where(inRelease('period', { first: 'period.from_on', last: 'period.to_on' }, release, filter))
		.select([
			'period.from_on as from',
			'period.to_on as to',
			'period.count',
			sql<number>`period.median_wait::float8`.as('medianWait'),
		])
		.orderBy('period.from_on', 'desc')
		.orderBy('period.city_id')
		.limit(12)
		.execute();
}

export type LineComments = {
	readonly fiscalYear: number;
	readonly alias: string;
	readonly name: Passage;
	readonly count: number;
	readonly lastDay: CivilDate;
};

/** The lines of a city with most comments; a line counts up to the day on which it was last told. */
export function listLineComments(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
	language: Language,
): Promise<LineComments[]> {
	return reader
		.selectFrom('statistics_step as step')
		.innerJoin('subject', (join) => join.on(subjectOf('step')))
		.where(inRelease('step', { first: 'step.from_on', last: 'step.to_on' }, release, filter))
		.select((eb) => [
			'subject.fiscal_year as fiscalYear',
			'subject.alias',
			subjectName(eb.ref('subject.kind'), eb.ref('subject.classification_code'), language).as('name'),
			sql<number>`sum(step.count)::int`.as('count'),
			sql<CivilDate>`max(step.to_on)`.as('lastDay'),
		])
		.groupBy([
			'subject.city_id',
			'subject.fiscal_year',
			'subject.kind',
			'subject.code',
			'subject.alias',
			'subject.classification_code',
		])
		.orderBy('count', 'desc')
		.orderBy('subject.fiscal_year', 'desc')
		.orderBy('subject.alias')
		.limit(20)
		.execute();
}

export type EndedVote = {
	readonly slug: string;
	readonly title: Passage;
	readonly endedOn: CivilDate;
	/** Most votes first; those kept back last, in the order of the ballot. */
	readonly options: readonly {
		readonly id: string;
		readonly fiscalYear: number;
		readonly alias: string;
		readonly name: Passage;
		readonly votes: number | null;
	}[];
};

type VoteRow = {
	readonly consultation_id: ConsultationId;
	readonly city_id: CityId;
	readonly slug: string;
	readonly ended_on: CivilDate;
	readonly option_id: string;
	readonly position: number;
	readonly votes: number | null;
	readonly fiscal_year: number;
	readonly kind: LineKind;
	readonly alias: string;
	readonly classification_code: string;
};

/** Votes by line of a city's consultations whose counting has ended, the newest first. */
export async function listEndedVotes(
	reader: Reader,
	release: Release,
	filter: StatisticsFilter,
	language: Language,
): Promise<EndedVote[]> {
	const rows = await reader
		.selectFrom(
			sql<VoteRow>`(
				with ended as (
					select consultation.city_id, consultation.id, consultation.slug,
						(consultation.voting_ends_at at time zone city.time_zone)::date as ended_on
					from consultation
					join city on city.id = consultation.city_id
				)
				select vote.city_id, vote.consultation_id, ended.slug, ended.ended_on, vote.option_id, option.position,
					vote.votes, subject.fiscal_year, subject.kind, subject.alias, subject.classification_code,
					-- The five consultations whose voting ended last.
					dense_rank() over (order by ended.ended_on desc, vote.consultation_id) as place
				from statistics_vote as vote
				join ended on ended.city_id = vote.city_id and ended.id = vote.consultation_id
				join consultation_option as option
					on option.city_id = vote.city_id and option.consultation_id = vote.consultation_id
					and option.id = vote.option_id
				join subject on ${subjectOf('option')}
				where ${inRelease('vote', { first: 'ended.ended_on', last: 'ended.ended_on' }, release, filter)}
			)`.as('row'),
		)
		.where(sql<boolean>`place <= 5`)
		.select((eb) => [
			'slug',
			'ended_on as endedOn',
			consultationText('title', eb.ref('row.city_id'), eb.ref('row.consultation_id'), language).as('title'),
			'option_id as id',
			'fiscal_year as fiscalYear',
			'alias',
			subjectName(eb.ref('row.kind'), eb.ref('row.classification_code'), language).as('name'),
			'votes',
		])
		.orderBy('ended_on', 'desc')
		.orderBy('consultation_id')
		.orderBy('votes', (order) => order.desc().nullsLast())
		.orderBy('position')
		.execute();
	return [...Map.groupBy(rows, (row) => row.slug)].map(([slug, options]) => ({
		slug,
		title: options[0]!.title,
		endedOn: options[0]!.endedOn,
		options: options.map(({ id, fiscalYear, alias, name, votes }) => ({
			id,
			fiscalYear,
			alias,
			name,
			votes,
		})),
	}));
}
