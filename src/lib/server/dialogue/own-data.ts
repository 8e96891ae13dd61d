import { sql } from 'kysely';
import type { AccountId, CommentId } from '#lib/domain/base/ids.ts';
import type { Reader } from '../capabilities.ts';

const PAGE = 500;

/** Every comment of an account, oldest first, a page of them in memory at a time. */
export async function* readOwnComments(reader: Reader, accountId: AccountId) {
	let last: CommentId | null = null;
	for (;;) {
		const after: CommentId | null = last;
		const page = await reader
			.selectFrom('comment')
			.where('account_id', '=', accountId)
			.$if(after !== null, (query) => query.where('id', '>', after))
			.select(['id', 'city_id as city', 'fiscal_year as fiscalYear', 'subject_kind as kind'])
			.select(['subject_code as code', 'language', 'body', 'created_at as createdAt'])
			.orderBy('id')
			.limit(PAGE)
			.execute();
		yield* page;
		if (page.length < PAGE) return;
		last = page.at(-1)!.id;
	}
}

/** Which answers an official published. Their text is the akimat's, and stands on its pages. */
export function listOwnResponses(reader: Reader, accountId: AccountId) {
	return reader
		.selectFrom('response_revision')
		.where('account_id', '=', accountId)
		.select(['city_id as city', 'response_id as response', 'revision', 'status'])
		.select('published_at as publishedAt')
		.orderBy('published_at')
		.orderBy(sql`response_id`)
		.orderBy('revision')
		.limit(10_000)
		.execute();
}
