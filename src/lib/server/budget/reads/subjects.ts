import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language, Passage, Translated } from '#lib/domain/base/language.ts';
import type { LineKind, LineLevel } from '#lib/domain/budget/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { subjectName, subjectNames } from '../subject-name.ts';

/** A subject with all its names; the budgets that name an amount for it are in its history. */
export type SubjectWithNames = {
	readonly cityId: CityId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
	readonly alias: string;
	readonly level: LineLevel;
	readonly parentCode: string | null;
	readonly names: Translated;
};

export async function findSubject(
	reader: Reader,
	cityId: CityId,
	fiscalYear: number,
	alias: string,
): Promise<SubjectWithNames | null> {
	const subject = await reader
		.selectFrom('subject')
		.where('city_id', '=', cityId)
		.where('fiscal_year', '=', fiscalYear)
		.where('alias', '=', alias)
		.select([
			'city_id as cityId',
			'fiscal_year as fiscalYear',
			'kind',
			'code',
			'alias',
			'level',
			'parent_code as parentCode',
			(eb) => subjectNames(eb.ref('kind'), eb.ref('classification_code')).as('names'),
		])
		.executeTakeFirst();
	return subject ?? null;
}

export type SubjectWithName = {
	readonly kind: LineKind;
	readonly code: string;
	readonly alias: string;
	readonly level: LineLevel;
	readonly name: Passage;
};

/** The functional groups of a city and year, to be discussed and voted on whether or not their amounts are known. */
export function listGroupSubjects(
	reader: Reader,
	cityId: CityId,
	fiscalYear: number,
	language: Language,
): Promise<SubjectWithName[]> {
	return reader
		.selectFrom('subject')
		.where('city_id', '=', cityId)
		.where('fiscal_year', '=', fiscalYear)
		.where('kind', '=', 'expenditure')
		.where('level', '=', 'group')
		.select([
			'kind',
			'code',
			'alias',
			'level',
			(eb) => subjectName(eb.ref('kind'), eb.ref('classification_code'), language).as('name'),
		])
		.orderBy('code')
		.limit(100)
		.execute();
}

/** The years whose groups can be discussed in a city, newest first. */
export async function listDiscussableYears(reader: Reader, cityId: CityId): Promise<number[]> {
	const rows = await reader
		.selectFrom('subject')
		.where('city_id', '=', cityId)
		.select('fiscal_year as fiscalYear')
		.distinct()
		.orderBy('fiscal_year', 'desc')
		.limit(100)
		.execute();
	return rows.map((row) => row.fiscalYear);
}
