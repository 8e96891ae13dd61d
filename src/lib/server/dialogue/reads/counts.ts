import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import type { CommentSubject } from './comments.ts';

export const countAll = sql<number>`count(*)::int`;
const countAnswered = sql<number>`count(answered_at)::int`;

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
