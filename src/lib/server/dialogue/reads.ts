import { expressionBuilder, sql, type Expression, type RawBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { AccountId, CityId, CommentId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { Comment, CommentedCity, CommentedLine, CommentOnLine } from '#lib/domain/dialogue/thread.ts';
import { RESPONSE_STATUSES, type ResponseStatus } from '#lib/domain/dialogue/words.ts';
import { subjectName } from '../budget/index.ts';
import type { Reader } from '../capabilities.ts';
import { instantText } from '../db/instant-text.ts';
import type { Schema } from '../db/schema.ts';

/** What a comment is about. */
export type CommentSubject = {
	readonly cityId: CityId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
};

/** One page of a list; `next` is the comment that the following page begins with. */
export type Page<T> = { readonly items: readonly T[]; readonly next: CommentId | null };

/** Where a page begins, that comment included; null for the first page. */
export type PageStart = { readonly from: CommentId | null; readonly limit: number };

/**
 * The discussion of one line, newest comment first, each with its answer in all its revisions. A page that begins with
 * a comment of another line, or of none, is empty.
 */
export async function listComments(
	reader: Reader,
	subject: CommentSubject,
	{ from, limit }: PageStart,
): Promise<Page<Comment>> {
	const comments = await selectComments(reader)
		.where('comment.city_id', '=', subject.cityId)
		.where('comment.fiscal_year', '=', subject.fiscalYear)
		.where('comment.subject_kind', '=', subject.kind)
		.where('comment.subject_code', '=', subject.code)
		.$if(from !== null, (query) =>
			query.where(
				sql<boolean>`(comment.created_at, comment.id) <= (
					select start.created_at, start.id
					from comment as start
					where start.city_id = ${subject.cityId} and start.id = ${from}
						and start.fiscal_year = ${subject.fiscalYear}
						and start.subject_kind = ${subject.kind} and start.subject_code = ${subject.code})`,
			),
		)
		.orderBy('comment.created_at', 'desc')
		.orderBy('comment.id', 'desc')
		.limit(limit + 1)
		.execute();
	return toPage(comments, limit);
}

export type CommentCounts = { readonly comments: number; readonly answered: number };

/** How many comments a line has, and how many of them have an answer. */
export async function countComments(reader: Reader, subject: CommentSubject): Promise<CommentCounts> {
	return await reader
		.selectFrom('comment')
		.where('city_id', '=', subject.cityId)
		.where('fiscal_year', '=', subject.fiscalYear)
		.where('subject_kind', '=', subject.kind)
		.where('subject_code', '=', subject.code)
		.select([countAll.as('comments'), countAnswered.as('answered')])
		.executeTakeFirstOrThrow();
}

/** The same for every line of a city's year that has any. Comments on a line are not counted to its parent. */
export function countCommentsByLine(
	reader: Reader,
	cityId: CityId,
	fiscalYear: number,
): Promise<(CommentCounts & { readonly kind: LineKind; readonly code: string })[]> {
	return reader
		.selectFrom('comment')
		.where('city_id', '=', cityId)
		.where('fiscal_year', '=', fiscalYear)
		.select([
			'subject_kind as kind',
			'subject_code as code',
			countAll.as('comments'),
			countAnswered.as('answered'),
		])
		.groupBy(['subject_kind', 'subject_code'])
		.orderBy('subject_kind')
		.orderBy('subject_code')
		.limit(10_000)
		.execute();
}

/** A comment of this city with its line and every revision of the answer; another city's is not found. */
export async function findComment(
	reader: Reader,
	cityId: CityId,
	id: CommentId,
	language: Language,
): Promise<CommentOnLine | null> {
	const comment = await selectComments(reader)
		.select([lineOf(language).as('line'), cityOf(language).as('city')])
		.where('comment.city_id', '=', cityId)
		.where('comment.id', '=', id)
		.executeTakeFirst();
	return comment ?? null;
}

/** A comment in the office's list. */
export type InboxItem = {
	readonly id: CommentId;
	readonly language: Language;
	/** The first 300 characters. */
	readonly excerpt: string;
	readonly isCut: boolean;
	readonly createdAt: Instant;
	/** Days by the calendar of the city: 0 is today. Since the comment where it waits, else since the last answer. */
	readonly daysSince: number;
	readonly status: ResponseStatus | null;
	readonly line: CommentedLine;
};

/** Comments of a city that have no answer yet, the oldest first. */
export async function listWaiting(
	reader: Reader,
	cityId: CityId,
	language: Language,
	{ from, limit }: PageStart,
): Promise<Page<InboxItem>> {
	const items = await reader
		.selectFrom('comment')
		.innerJoin('city', 'city.id', 'comment.city_id')
		.where('comment.city_id', '=', cityId)
		.where('comment.answered_at', 'is', null)
		.$if(from !== null, (query) =>
			query.where(
				sql<boolean>`(comment.created_at, comment.id) >= (
					select start.created_at, start.id
					from comment as start
					where start.city_id = ${cityId} and start.id = ${from})`,
			),
		)
		.select([
			...EXCERPT,
			daysSince(sql.ref('comment.created_at')).as('daysSince'),
			sql<ResponseStatus | null>`null`.as('status'),
			lineOf(language).as('line'),
		])
		.orderBy('comment.created_at')
		.orderBy('comment.id')
		.limit(limit + 1)
		.execute();
	return toPage(items, limit);
}

/** Comments of a city whose answer has this status, first the one that nobody has touched for longest. */
export async function listByStatus(
	reader: Reader,
	cityId: CityId,
	status: ResponseStatus,
	language: Language,
	{ from, limit }: PageStart,
): Promise<Page<InboxItem>> {
	const items = await reader
		.selectFrom('response')
		.innerJoin('comment', (join) =>
			join.onRef('comment.city_id', '=', 'response.city_id').onRef('comment.id', '=', 'response.comment_id'),
		)
		.innerJoin('city', 'city.id', 'response.city_id')
		.where('response.city_id', '=', cityId)
		.where('response.status', '=', status)
		.$if(from !== null, (query) =>
			query.where(
				sql<boolean>`(response.published_at, response.id) >= (
					select start.published_at, start.id
					from response as start
					where start.city_id = ${cityId} and start.comment_id = ${from})`,
			),
		)
		.select([
			...EXCERPT,
			daysSince(sql.ref('response.published_at')).as('daysSince'),
			'response.status',
			lineOf(language).as('line'),
		])
		.orderBy('response.published_at')
		.orderBy('response.id')
		.limit(limit + 1)
		.execute();
	return toPage(items, limit);
}

export type InboxCounts = {
	readonly waiting: number;
	readonly byStatus: Readonly<Record<ResponseStatus, number>>;
};

/** How much lies where in a city's office. */
export async function countInbox(reader: Reader, cityId: CityId): Promise<InboxCounts> {
	const [{ waiting }, statuses] = await Promise.all([
		reader
			.selectFrom('comment')
			.where('city_id', '=', cityId)
			.where('answered_at', 'is', null)
			.select(countAll.as('waiting'))
			.executeTakeFirstOrThrow(),
		reader
			.selectFrom('response')
			.where('city_id', '=', cityId)
			.select(['status', countAll.as('responses')])
			.groupBy('status')
			.orderBy('status')
			.execute(),
	]);
	const responsesOf = (status: ResponseStatus): number =>
		statuses.find((row) => row.status === status)?.responses ?? 0;
	return {
		waiting,
		byStatus: Object.fromEntries(RESPONSE_STATUSES.map((status) => [status, responsesOf(status)])) as Record<
			ResponseStatus,
			number
		>,
	};
}

/** Answered comments of a city, the newest answer first, of one status or of all (null). */
export async function listAnswers(
	reader: Reader,
	cityId: CityId,
	status: ResponseStatus | null,
	language: Language,
	{ from, limit }: PageStart,
): Promise<Page<CommentOnLine>> {
	const answers = await selectAnswers(reader, language)
		.where('response.city_id', '=', cityId)
		.$if(status !== null, (query) => query.where('response.status', '=', status!))
		.$if(from !== null, (query) =>
			query.where(
				sql<boolean>`(response.published_at, response.id) <= (
					select start.published_at, start.id
					from response as start
					where start.city_id = ${cityId} and start.comment_id = ${from})`,
			),
		)
		.orderBy('response.published_at', 'desc')
		.orderBy('response.id', 'desc')
		.limit(limit + 1)
		.execute();
	return toPage(answers, limit);
}

/** The latest answers of one city, or of all (null), the newest first. */
export function listLatestAnswers(
	reader: Reader,
	cityId: CityId | null,
	language: Language,
	limit: number,
): Promise<CommentOnLine[]> {
	return selectAnswers(reader, language)
		.$if(cityId !== null, (query) => query.where('response.city_id', '=', cityId!))
		.orderBy('response.published_at', 'desc')
		.orderBy('response.id', 'desc')
		.limit(limit)
		.execute();
}

/** What somebody asked in all cities, with what was answered, the newest comment first. */
export async function listMyComments(
	reader: Reader,
	accountId: AccountId,
	language: Language,
	{ from, limit }: PageStart,
): Promise<Page<CommentOnLine>> {
	const comments = await selectComments(reader)
		.select([lineOf(language).as('line'), cityOf(language).as('city')])
		.where('comment.account_id', '=', accountId)
		.$if(from !== null, (query) =>
			query.where(
				sql<boolean>`(comment.created_at, comment.id) <= (
					select start.created_at, start.id
					from comment as start
					where start.account_id = ${accountId} and start.id = ${from})`,
			),
		)
		.orderBy('comment.created_at', 'desc')
		.orderBy('comment.id', 'desc')
		.limit(limit + 1)
		.execute();
	return toPage(comments, limit);
}

export type DialogueFigures = {
	readonly asked: number;
	/** Comments with a published answer of any status, those under review among them. */
	readonly answered: number;
	readonly underReview: number;
	readonly waiting: number;
	/** From the comment to the first published answer, in days of 24 hours; null when nothing was answered. */
	readonly medianDays: number | null;
};

/** What a city was asked and how it answered, over all years. */
export async function findDialogueFigures(reader: Reader, cityId: CityId): Promise<DialogueFigures> {
	return await reader
		.selectFrom('comment')
		.where('comment.city_id', '=', cityId)
		.select((eb) => [
			countAll.as('asked'),
			countAnswered.as('answered'),
			sql<number>`(count(*) - count(answered_at))::int`.as('waiting'),
			sql<number | null>`(percentile_cont(0.5) within group (
				order by extract(epoch from answered_at - created_at)::float8)) / 86400`.as('medianDays'),
			eb
				.selectFrom('response')
				.where('response.city_id', '=', cityId)
				.where('response.status', '=', 'under_review')
				.select(countAll.as('responses'))
				.as('underReview'),
		])
		.executeTakeFirstOrThrow()
		.then((figures) => ({ ...figures, underReview: figures.underReview ?? 0 }));
}

const countAll = sql<number>`count(*)::int`;
const countAnswered = sql<number>`count(answered_at)::int`;

const EXCERPT_LENGTH = 300;

const EXCERPT = [
	'comment.id',
	'comment.language',
	'comment.created_at as createdAt',
	sql<string>`left(comment.body, ${sql.lit(EXCERPT_LENGTH)})`.as('excerpt'),
	sql<boolean>`char_length(comment.body) > ${sql.lit(EXCERPT_LENGTH)}`.as('isCut'),
] as const;

function selectComments(reader: Reader) {
	return reader
		.selectFrom('comment')
		.leftJoin('account', 'account.id', 'comment.account_id')
		.select([
			'comment.id',
			'comment.language',
			'comment.body',
			'comment.created_at as createdAt',
			'account.display_name as authorName',
			revisionsOf(sql.ref('comment.city_id'), sql.ref('comment.id')).as('revisions'),
		]);
}

function selectAnswers(reader: Reader, language: Language) {
	return reader
		.selectFrom('response')
		.innerJoin('comment', (join) =>
			join.onRef('comment.city_id', '=', 'response.city_id').onRef('comment.id', '=', 'response.comment_id'),
		)
		.leftJoin('account', 'account.id', 'comment.account_id')
		.select([
			'comment.id',
			'comment.language',
			'comment.body',
			'comment.created_at as createdAt',
			'account.display_name as authorName',
			revisionsOf(sql.ref('comment.city_id'), sql.ref('comment.id')).as('revisions'),
			lineOf(language).as('line'),
			cityOf(language).as('city'),
		]);
}

function revisionsOf(cityId: Expression<CityId>, commentId: Expression<CommentId>) {
	return jsonArrayFrom(
		expressionBuilder<Schema>()
			.selectFrom('response')
			.innerJoin('response_revision', (join) =>
				join
					.onRef('response_revision.city_id', '=', 'response.city_id')
					.onRef('response_revision.response_id', '=', 'response.id'),
			)
			.where('response.city_id', '=', cityId)
			.where('response.comment_id', '=', commentId)
			.select((eb) => [
				'response_revision.revision',
				'response_revision.status',
				instantText(eb.ref('response_revision.published_at')).as('publishedAt'),
				jsonArrayFrom(
					eb
						.selectFrom('response_text')
						.whereRef('response_text.city_id', '=', 'response_revision.city_id')
						.whereRef('response_text.response_id', '=', 'response_revision.response_id')
						.whereRef('response_text.revision', '=', 'response_revision.revision')
						.select(['language', 'body', 'legal_basis as legalBasis', 'complaint'])
						.orderBy('language'),
				).as('texts'),
			])
			.orderBy('response_revision.revision', 'desc'),
	);
}

function lineOf(language: Language): RawBuilder<CommentedLine> {
	return sql<CommentedLine>`(
		select json_build_object('cityId', subject.city_id, 'fiscalYear', subject.fiscal_year, 'kind', subject.kind,
			'code', subject.code, 'alias', subject.alias,
			'name', ${subjectName(sql.ref('subject.kind'), sql.ref('subject.classification_code'), language)})
		from subject
		where subject.city_id = comment.city_id and subject.fiscal_year = comment.fiscal_year
			and subject.kind = comment.subject_kind and subject.code = comment.subject_code)`;
}

function cityOf(language: Language): RawBuilder<CommentedCity> {
	return sql<CommentedCity>`(
		select json_build_object('name', city_text.name, 'akimat', city_text.akimat, 'timeZone', city.time_zone)
		from city
		join city_text on city_text.city_id = city.id and city_text.language = ${language}
		where city.id = comment.city_id)`;
}

function daysSince(instant: Expression<Instant>): RawBuilder<number> {
	return sql<number>`(now() at time zone city.time_zone)::date - (${instant} at time zone city.time_zone)::date`;
}

function toPage<T extends { readonly id: CommentId }>(rows: readonly T[], limit: number): Page<T> {
	return { items: rows.slice(0, limit), next: rows[limit]?.id ?? null };
}
