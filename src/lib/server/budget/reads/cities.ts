import { sql, type ExpressionBuilder, type RawBuilder } from 'kysely';
import type { CityId, DistrictId } from '#lib/domain/base/ids.ts';
import type { Language, Passage } from '#lib/domain/base/language.ts';
import type { PopulationFigure } from '#lib/domain/budget/population.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import type { Schema } from '#lib/server/db/schema.ts';
import { byFallback } from '../by-fallback.ts';

export type City = {
	readonly id: CityId;
	readonly level: 'republican' | 'oblast';
	readonly timeZone: string;
	readonly name: string;
	readonly region: string;
	readonly akimat: string;
};

/** All cities, those of republican significance first, then in the order of the Kazakh alphabet. */
export function listCities(reader: Reader, language: Language): Promise<City[]> {
	return selectCity(reader, language).orderBy('city.position').limit(1000).execute();
}

export async function findCity(reader: Reader, cityId: CityId, language: Language): Promise<City | null> {
	return (await selectCity(reader, language).where('city.id', '=', cityId).executeTakeFirst()) ?? null;
}

function selectCity(reader: Reader, language: Language) {
	return reader
		.selectFrom('city')
		.innerJoin('city_text', (join) =>
			join.onRef('city_text.city_id', '=', 'city.id').on('city_text.language', '=', language),
		)
		.select([
			'city.id',
			'city.level',
			'city.time_zone as timeZone',
			'city_text.name',
			'city_text.region',
			'city_text.akimat',
		]);
}

export type District = { readonly id: DistrictId; readonly name: Passage };

/** The districts of a city in the order of their slugs; a city without districts has none. */
export function listDistricts(reader: Reader, cityId: CityId, language: Language): Promise<District[]> {
	return reader
		.selectFrom('district')
		.where('district.city_id', '=', cityId)
		.select(['district.id', (eb) => districtName(eb, language).as('name')])
		.orderBy('district.id')
		.limit(1000)
		.execute();
}

function districtName(eb: ExpressionBuilder<Schema, 'district'>, language: Language): RawBuilder<Passage> {
	return sql<Passage>`(
		select json_build_object('text', t.name, 'language', t.language)
		from district_text as t
		where t.city_id = ${eb.ref('district.city_id')} and t.district_id = ${eb.ref('district.id')}
		order by ${byFallback(language)}
		limit 1)`;
}

/** Every figure known, of the city alone and with its villages; which one counts is the domain's to say. */
export function listPopulation(reader: Reader, cityId: CityId): Promise<PopulationFigure[]> {
	return reader
		.selectFrom('population')
		.where('city_id', '=', cityId)
		.select([
			'counted_on as countedOn',
			'scope',
			'people',
			'rounded_to as roundedTo',
			'source_url as sourceUrl',
		])
		.orderBy('counted_on', 'desc')
		.orderBy('scope')
		.limit(1000)
		.execute();
}
