import { sql, type Expression, type RawBuilder } from 'kysely';
import type { Language } from '#lib/domain/base/language.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';

/** The name of a line in exactly this language; null where the classification has none in it. */
export function nameIn(
	language: Language,
	kind: Expression<LineKind>,
	classificationCode: Expression<string>,
): RawBuilder<string | null> {
	return sql<string | null>`(
		select name from classification_text
		where kind = ${kind} and code = ${classificationCode} and language = ${language})`;
}
