import { sql, type RawBuilder } from 'kysely';
import { fallbacksOf, type Language } from '#lib/domain/base/language.ts';

/** Orders the texts `t` of one thing: the wanted language first, then the next best. */
export function byFallback(language: Language): RawBuilder<number> {
	return sql<number>`array_position(${[...fallbacksOf(language)]}::text[], t.language)`;
}
