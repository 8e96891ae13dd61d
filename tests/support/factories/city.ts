import { randomInt } from 'node:crypto';
import type { CityId } from '#lib/domain/base/ids.ts';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import type { Db } from '#lib/server/capabilities.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A slug or a name that no other test has. */
export function aWord(prefix: string): string {
	return `${prefix}-${Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
}

/** A city with its names. */
export async function aCity(
	db: Db,
	{ id = aWord('city'), timeZone = 'Asia/Almaty' }: { id?: string; timeZone?: string } = {},
): Promise<CityId> {
	const cityId = id as CityId;
	const { position } = await db
		.selectFrom('city')
		.select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(0)).as('position'))
		.executeTakeFirstOrThrow();
	await db
		.insertInto('city')
		.values({ id: cityId, position: position + 1, level: 'oblast', time_zone: timeZone })
		.execute();
	await db
		.insertInto('city_text')
		.values(
			LANGUAGES.map((language) => ({
				city_id: cityId,
				language,
				name: `${id} ${language}`,
				region: `${id} region ${language}`,
				akimat: `${id} akimat ${language}`,
			})),
		)
		.execute();
	return cityId;
}
