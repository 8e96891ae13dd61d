import { sql, type Expression, type RawBuilder } from 'kysely';
import type { CityId, ConsultationId } from '#lib/domain/base/ids.ts';
import { fallbacksOf, type Language, type Passage } from '#lib/domain/base/language.ts';

/** A text of a consultation in the wanted language, else in the next best one: Kazakh and Russian are always there. */
export function consultationText(
	part: 'title' | 'question',
	cityId: Expression<CityId>,
	consultationId: Expression<ConsultationId>,
	language: Language,
): RawBuilder<Passage> {
	return sql<Passage>`(
		select json_build_object('text', t.${sql.ref(part)}, 'language', t.language)
		from consultation_text as t
		where t.city_id = ${cityId} and t.consultation_id = ${consultationId}
		order by array_position(${[...fallbacksOf(language)]}::text[], t.language)
		limit 1)`;
}
