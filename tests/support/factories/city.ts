import type { CityId } from '#lib/domain/base/ids.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import type { Db } from '#lib/server/capabilities.ts';

let cities = 0;

/** A city that no other test of the file has, with its name in the three languages. */
export async function aCity(db: Db, { timeZone = 'Asia/Almaty' } = {}): Promise<CityId> {
	const position = ++cities;
	const id = `town-${String.fromCharCode(96 + Math.ceil(position / 26), 97 + (position % 26))}` as CityId;
	await db.insertInto('city').values({ id, position, level: 'oblast', time_zone: timeZone }).execute();
	await db
		.insertInto('city_text')
		.values([
			{ city_id: id, language: 'kk', name: 'Қала', region: 'Облыс', akimat: 'Қала әкімдігі' },
			{ city_id: id, language: 'ru', name: 'Город', region: 'Область', akimat: 'Акимат города' },
			{ city_id: id, language: 'en', name: 'Town', region: 'Region', akimat: 'Akimat of the town' },
		])
		.execute();
	return id;
}

export type Line = {
	readonly cityId: CityId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
	readonly alias: string;
};

/** A functional group of a city's budget that can be discussed, whether or not its amount is known. */
export async function aLine(db: Db, cityId: CityId, { fiscalYear = 2026, code = '04' } = {}): Promise<Line> {
	const line: Line = { cityId, fiscalYear, kind: 'expenditure', code, alias: code };
	await db
		.insertInto('classification')
		.values({ kind: line.kind, code, level: 'group', source_url: 'https://adilet.zan.kz' })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await db
		.insertInto('classification_text')
		.values([
			{ kind: line.kind, code, language: 'kk', name: `Топ ${code}` },
			{ kind: line.kind, code, language: 'ru', name: `Группа ${code}` },
		])
		.onConflict((conflict) => conflict.doNothing())
		.execute();
	await db
		.insertInto('subject')
		.values({
			city_id: cityId,
			fiscal_year: fiscalYear,
			kind: line.kind,
			code,
			alias: line.alias,
			level: 'group',
			parent_code: null,
			classification_code: code,
		})
		.execute();
	return line;
}
