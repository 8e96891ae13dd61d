import { expressionBuilder, sql, type RawBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Language } from '#lib/domain/base/language.ts';
import type { CommentedCity, CommentedLine } from '#lib/domain/dialogue/thread.ts';
import { subjectName, subjectOf } from '#lib/server/budget/index.ts';
import { instantText } from '#lib/server/db/instant-text.ts';
import type { Schema } from '#lib/server/db/schema.ts';

/** A comment with its author, if the account is still there, and every revision of its answer. */
export const COMMENT = [
	'comment.id',
	'comment.language',
	'comment.body',
	'comment.created_at as createdAt',
	'account.display_name as authorName',
	revisions().as('revisions'),
] as const;

function revisions() {
	return jsonArrayFrom(
		expressionBuilder<Schema, 'comment'>()
			.selectFrom('response')
			.innerJoin('response_revision', (join) =>
				join
					.onRef('response_revision.city_id', '=', 'response.city_id')
					.onRef('response_revision.response_id', '=', 'response.id'),
			)
			.whereRef('response.city_id', '=', 'comment.city_id')
			.whereRef('response.comment_id', '=', 'comment.id')
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

/** The line that a comment is about. */
export function lineOf(language: Language): RawBuilder<CommentedLine> {
	return sql<CommentedLine>`(
		select json_build_object('cityId', subject.city_id, 'fiscalYear', subject.fiscal_year, 'kind', subject.kind,
			'code', subject.code, 'alias', subject.alias,
			'name', ${subjectName(sql.ref('subject.kind'), sql.ref('subject.classification_code'), language)})
		from subject
		where ${subjectOf('comment')})`;
}

/** The city whose line that is. */
export function cityOf(language: Language): RawBuilder<CommentedCity> {
	return sql<CommentedCity>`(
		select json_build_object('name', city_text.name, 'akimat', city_text.akimat, 'timeZone', city.time_zone)
		from city
		join city_text on city_text.city_id = city.id and city_text.language = ${language}
		where city.id = comment.city_id)`;
}
