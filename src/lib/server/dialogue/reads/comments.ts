import { sql } from 'kysely';
import type { AccountId, CityId, CommentId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { Comment, CommentOnLine } from '#lib/domain/dialogue/thread.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { cityOf, COMMENT, lineOf } from './comment-columns.ts';
import { fromComment, toPage, type Page, type PageStart } from './page.ts';

/** What a comment is about. */
export type CommentSubject = {
	readonly cityId: CityId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
};

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
				fromComment(
					'newest first',
					sql`start.city_id = ${subject.cityId} and start.id = ${from}
						and start.fiscal_year = ${subject.fiscalYear}
						and start.subject_kind = ${subject.kind} and start.subject_code = ${subject.code}`,
				),
			),
		)
		.orderBy('comment.created_at', 'desc')
		.orderBy('comment.id', 'desc')
		.limit(limit + 1)
		.execute();
	return toPage(comments, limit);
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
			query.where(fromComment('newest first', sql`start.account_id = ${accountId} and start.id = ${from}`)),
		)
		.orderBy('comment.created_at', 'desc')
		.orderBy('comment.id', 'desc')
		.limit(limit + 1)
		.execute();
	return toPage(comments, limit);
}

function selectComments(reader: Reader) {
	return reader.selectFrom('comment').leftJoin('account', 'account.id', 'comment.account_id').select(COMMENT);
}
