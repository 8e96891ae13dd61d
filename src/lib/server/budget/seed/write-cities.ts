import { LANGUAGES } from '#lib/domain/base/language.ts';
import type { Tx } from '#lib/server/capabilities.ts';
import type { Seed } from './row-shapes.ts';
import { changed, update, type SeedCounts } from './upsert.ts';

export async function writeCities(tx: Tx, seed: Seed): Promise<SeedCounts> {
	const cities = seed['cities.csv'];
	const districts = seed['districts.csv'];
	const city = await tx
		.insertInto('city')
		.values(cities.map(({ id, position, level, time_zone }) => ({ id, position, level, time_zone })))
		.onConflict(update('city', ['id'], ['position', 'level', 'time_zone']))
		.executeTakeFirst();
	const cityText = await tx
		.insertInto('city_text')
		.values(
			cities.flatMap((row) =>
				LANGUAGES.map((language) => ({
					city_id: row.id,
					language,
					name: row[`name_${language}`],
					region: row[`region_${language}`],
					akimat: row[`akimat_${language}`],
				})),
			),
		)
		.onConflict(update('city_text', ['city_id', 'language'], ['name', 'region', 'akimat']))
		.executeTakeFirst();
	const district = await tx
		.insertInto('district')
		.values(districts.map(({ city: city_id, id, source }) => ({ city_id, id, source })))
		.onConflict(update('district', ['city_id', 'id'], ['source']))
		.executeTakeFirst();
	const districtText = await tx
		.insertInto('district_text')
		.values(
			districts.flatMap(({ city: city_id, id: district_id, name_kk, name_ru }) => [
				{ city_id, district_id, language: 'kk' as const, name: name_kk },
				{ city_id, district_id, language: 'ru' as const, name: name_ru },
			]),
		)
		.onConflict(update('district_text', ['city_id', 'district_id', 'language'], ['name']))
		.executeTakeFirst();
	const population = await tx
		.insertInto('population')
		.values(
			seed['population.csv'].map((row) => ({
				city_id: row.city,
				counted_on: row.counted_on,
				scope: row.scope,
				people: row.people,
				rounded_to: row.rounded_to,
				source_url: row.source_url,
			})),
		)
		.onConflict(
			update('population', ['city_id', 'counted_on', 'scope'], ['people', 'rounded_to', 'source_url']),
		)
		.executeTakeFirst();
	return {
		city: changed(city),
		city_text: changed(cityText),
		district: changed(district),
		district_text: changed(districtText),
		population: changed(population),
	};
}
