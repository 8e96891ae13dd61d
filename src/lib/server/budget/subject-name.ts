import { sql, type Expression, type RawBuilder } from 'kysely';
import type { Language, Passage, Translated } from '#lib/domain/base/language.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import { byFallback } from './by-fallback.ts';

/** The name of a line in the wanted language, else in the next best one; for subqueries of other areas too. */
export function subjectName(
	kind: Expression<LineKind>,
	classificationCode: Expression<string>,
	language: Language,
): RawBuilder<Passage> {
	return sql<Passage>`(
		select json_build_object('text', t.name, 'language', t.language)
		from classification_text as t
		where t.kind = ${kind} and t.code = ${classificationCode}
		order by ${byFallback(language)}
		limit 1)`;
}

/** All names of a line, by language. */
export function subjectNames(
	kind: Expression<LineKind>,
	classificationCode: Expression<string>,
): RawBuilder<Translated> {
	return sql<Translated>`(
		select json_object_agg(t.language, t.name)
		from classification_text as t
		where t.kind = ${kind} and t.code = ${classificationCode})`;
}
