import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { CommentOnLine } from '#lib/domain/dialogue/thread.ts';
import type { ResponseStatus } from '#lib/domain/dialogue/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { cityOf, COMMENT, lineOf } from './comment-columns.ts';
import { fromResponse, toPage, type Page, type PageStart } from './page.ts';

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
				fromResponse('newest first', sql`start.city_id = ${cityId} and start.comment_id = ${from}`),
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

function selectAnswers(reader: Reader, language: Language) {
	return reader
		.selectFrom('response')
		.innerJoin('comment', (join) =>
			join.onRef('comment.city_id', '=', 'response.city_id').onRef('comment.id', '=', 'response.comment_id'),
		)
		.leftJoin('account', 'account.id', 'comment.account_id')
		.select([...COMMENT, lineOf(language).as('line'), cityOf(language).as('city')]);
}
