import { sql, type Expression, type RawBuilder } from 'kysely';
import type { CityId, CommentId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { CommentedLine } from '#lib/domain/dialogue/thread.ts';
import { RESPONSE_STATUSES, type ResponseStatus } from '#lib/domain/dialogue/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { lineOf } from './comment-columns.ts';
import { countAll } from './counts.ts';
import { fromComment, fromResponse, toPage, type Page, type PageStart } from './page.ts';

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
			query.where(fromComment('oldest first', sql`start.city_id = ${cityId} and start.id = ${from}`)),
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
				fromResponse('oldest first', sql`start.city_id = ${cityId} and start.comment_id = ${from}`),
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

const EXCERPT_LENGTH = 300;

const EXCERPT = [
	'comment.id',
	'comment.language',
	'comment.created_at as createdAt',
	sql<string>`left(comment.body, ${sql.lit(EXCERPT_LENGTH)})`.as('excerpt'),
	sql<boolean>`char_length(comment.body) > ${sql.lit(EXCERPT_LENGTH)}`.as('isCut'),
] as const;

function daysSince(instant: Expression<Instant>): RawBuilder<number> {
	return sql<number>`(now() at time zone city.time_zone)::date - (${instant} at time zone city.time_zone)::date`;
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
