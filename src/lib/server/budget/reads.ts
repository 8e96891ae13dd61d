import { sql, type Expression, type ExpressionBuilder, type RawBuilder } from 'kysely';
import type { BudgetId, CityId, DistrictId } from '#lib/domain/base/ids.ts';
import { fallbacksOf, type Language, type Passage, type Translated } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { PopulationFigure } from '#lib/domain/budget/population.ts';
import type { Totals } from '#lib/domain/budget/sums.ts';
import {
	LINE_LEVELS,
	type BudgetKind,
	type LineKind,
	type LineLevel,
	type SourceGrade,
	type TotalItem,
} from '#lib/domain/budget/words.ts';
import type { Reader } from '../capabilities.ts';
import type { Schema } from '../db/schema.ts';

export type City = {
	readonly id: CityId;
	readonly level: 'republican' | 'oblast';
	readonly timeZone: string;
	readonly name: string;
	readonly region: string;
	readonly akimat: string;
};

const selectCity = (reader: Reader, language: Language) =>
	reader
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

/** All cities, those of republican significance first, then in the order of the Kazakh alphabet. */
export function listCities(reader: Reader, language: Language): Promise<City[]> {
	return selectCity(reader, language).orderBy('city.position').limit(1000).execute();
}

export async function findCity(reader: Reader, cityId: CityId, language: Language): Promise<City | null> {
	return (await selectCity(reader, language).where('city.id', '=', cityId).executeTakeFirst()) ?? null;
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

/** One version of a budget: its source, its main totals and how deep its lines go. */
export type BudgetVersion = {
	readonly id: BudgetId;
	readonly cityId: CityId;
	readonly fiscalYear: number;
	readonly kind: BudgetKind;
	readonly sequence: number;
	readonly sourceKey: string;
	readonly grade: SourceGrade;
	readonly title: string;
	readonly titleLanguage: Language;
	readonly number: string | null;
	readonly decidedOn: CivilDate | null;
	readonly registration: string | null;
	readonly sourceUrl: string | null;
	readonly revenues: Tenge | null;
	readonly expenditures: Tenge | null;
	readonly balance: Tenge | null;
	readonly hasGroups: boolean;
	/** Some lines stand below groups. */
	readonly hasNested: boolean;
};

/**
 * All versions of a city's budgets, or of all cities' with null, newest year first. Which version of a year is the
 * current one is the domain's to say (`groupByYear`).
 */
export function listVersions(reader: Reader, cityId: CityId | null): Promise<BudgetVersion[]> {
	return reader
		.selectFrom('budget')
		.$if(cityId !== null, (query) => query.where('budget.city_id', '=', cityId as CityId))
		.select([
			'budget.id',
			'budget.city_id as cityId',
			'budget.fiscal_year as fiscalYear',
			'budget.kind',
			'budget.sequence',
			'budget.source_key as sourceKey',
			'budget.grade',
			'budget.title',
			'budget.title_language as titleLanguage',
			'budget.number',
			'budget.decided_on as decidedOn',
			'budget.registration',
			'budget.source_url as sourceUrl',
			(eb) => totalOf(eb, 'revenues').as('revenues'),
			(eb) => totalOf(eb, 'expenditures').as('expenditures'),
			(eb) => totalOf(eb, 'balance').as('balance'),
			(eb) =>
				eb
					.exists(linesOf(eb).where('subject.level', '=', 'group'))
					.$castTo<boolean>()
					.as('hasGroups'),
			(eb) =>
				eb
					.exists(linesOf(eb).where('subject.parent_code', 'is not', null))
					.$castTo<boolean>()
					.as('hasNested'),
		])
		.orderBy('budget.city_id')
		.orderBy('budget.fiscal_year', 'desc')
		.orderBy('budget.kind')
		.orderBy('budget.sequence', 'desc')
		.limit(10_000)
		.execute();
}

function totalOf(eb: ExpressionBuilder<Schema, 'budget'>, item: TotalItem) {
	return eb
		.selectFrom('budget_total')
		.whereRef('budget_total.city_id', '=', 'budget.city_id')
		.whereRef('budget_total.budget_id', '=', 'budget.id')
		.where('budget_total.item', '=', item)
		.select('budget_total.amount');
}

function linesOf(eb: ExpressionBuilder<Schema, 'budget'>) {
	return eb
		.selectFrom('budget_line')
		.innerJoin('subject', (join) =>
			join
				.onRef('subject.city_id', '=', 'budget_line.city_id')
				.onRef('subject.fiscal_year', '=', 'budget_line.fiscal_year')
				.onRef('subject.kind', '=', 'budget_line.kind')
				.onRef('subject.code', '=', 'budget_line.code'),
		)
		.whereRef('budget_line.city_id', '=', 'budget.city_id')
		.whereRef('budget_line.budget_id', '=', 'budget.id')
		.select('budget_line.code');
}

/** All totals of one version by item; an item that its source does not name is absent. */
export async function findTotals(reader: Reader, cityId: CityId, budgetId: BudgetId): Promise<Totals> {
	const rows = await reader
		.selectFrom('budget_total')
		.where('city_id', '=', cityId)
		.where('budget_id', '=', budgetId)
		.select(['item', 'amount'])
		.orderBy('item')
		.execute();
	return Object.fromEntries(rows.map(({ item, amount }) => [item, amount]));
}

export type BudgetLine = {
	readonly kind: LineKind;
	readonly code: string;
	readonly alias: string;
	readonly level: LineLevel;
	readonly parentCode: string | null;
	readonly amount: Tenge;
	readonly name: Passage;
};

/** The levels that stand at the top of a budget: classes of revenue and groups of spending. */
export const TOP_LEVELS: readonly LineLevel[] = ['class', 'group'];

/** The lines of one version in the order of their codes: all, or those of some levels. */
export function listLines(
	reader: Reader,
	cityId: CityId,
	budgetId: BudgetId,
	language: Language,
	levels: readonly LineLevel[] = LINE_LEVELS,
): Promise<BudgetLine[]> {
	return reader
		.selectFrom('budget_line')
		.innerJoin('subject', (join) =>
			join
				.onRef('subject.city_id', '=', 'budget_line.city_id')
				.onRef('subject.fiscal_year', '=', 'budget_line.fiscal_year')
				.onRef('subject.kind', '=', 'budget_line.kind')
				.onRef('subject.code', '=', 'budget_line.code'),
		)
		.where('budget_line.city_id', '=', cityId)
		.where('budget_line.budget_id', '=', budgetId)
		.where('subject.level', 'in', levels)
		.select([
			'subject.kind',
			'subject.code',
			'subject.alias',
			'subject.level',
			'subject.parent_code as parentCode',
			'budget_line.amount',
			(eb) => subjectName(eb.ref('subject.kind'), eb.ref('subject.classification_code'), language).as('name'),
		])
		.orderBy('subject.kind')
		.orderBy('subject.code')
		.limit(10_000)
		.execute();
}

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

function byFallback(language: Language) {
	return sql`array_position(${[...fallbacksOf(language)]}::text[], t.language)`;
}

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
			(eb) => allNames(eb.ref('kind'), eb.ref('classification_code')).as('names'),
		])
		.executeTakeFirst();
	return subject ?? null;
}

function allNames(
	kind: Expression<LineKind>,
	classificationCode: Expression<string>,
): RawBuilder<Translated> {
	return sql<Translated>`(
		select json_object_agg(t.language, t.name)
		from classification_text as t
		where t.kind = ${kind} and t.code = ${classificationCode})`;
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

export type LineAmount = {
	readonly budgetId: BudgetId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
	readonly amount: Tenge;
};

/** The amounts of a city's revenue classes and functional groups in every version, for putting years side by side. */
export function listTopAmounts(reader: Reader, cityId: CityId): Promise<LineAmount[]> {
	return selectAmounts(reader, cityId)
		.where('subject.level', 'in', TOP_LEVELS)
		.orderBy('budget_line.fiscal_year')
		.orderBy('budget_line.budget_id')
		.orderBy('budget_line.kind')
		.orderBy('budget_line.code')
		.limit(100_000)
		.execute();
}

/** The amounts of one line in every version of every year that names it. */
export function listLineAmounts(
	reader: Reader,
	cityId: CityId,
	kind: LineKind,
	code: string,
): Promise<LineAmount[]> {
	return selectAmounts(reader, cityId)
		.where('budget_line.kind', '=', kind)
		.where('budget_line.code', '=', code)
		.orderBy('budget_line.fiscal_year')
		.orderBy('budget_line.budget_id')
		.limit(10_000)
		.execute();
}

function selectAmounts(reader: Reader, cityId: CityId) {
	return reader
		.selectFrom('budget_line')
		.innerJoin('subject', (join) =>
			join
				.onRef('subject.city_id', '=', 'budget_line.city_id')
				.onRef('subject.fiscal_year', '=', 'budget_line.fiscal_year')
				.onRef('subject.kind', '=', 'budget_line.kind')
				.onRef('subject.code', '=', 'budget_line.code'),
		)
		.where('budget_line.city_id', '=', cityId)
		.select([
			'budget_line.budget_id as budgetId',
			'budget_line.fiscal_year as fiscalYear',
			'budget_line.kind',
			'budget_line.code',
			'budget_line.amount',
		]);
}

export type BudgetNote = {
	readonly id: string;
	readonly fiscalYear: number;
	readonly body: string;
	readonly language: Language;
	readonly amount: Tenge;
	readonly remark: string | null;
	readonly describes: BudgetKind;
	readonly sourceKey: string;
	readonly sourceTitle: string | null;
	readonly sourceTitleLanguage: Language | null;
	readonly publishedOn: CivilDate | null;
	readonly sourceUrl: string;
};

/** What reports say about parts of a city's budgets: rounded, never summed, apart from the lines; newest year first. */
export function listNotes(reader: Reader, cityId: CityId): Promise<BudgetNote[]> {
	return reader
		.selectFrom('budget_note')
		.where('city_id', '=', cityId)
		.select([
			'id',
			'fiscal_year as fiscalYear',
			'body',
			'language',
			'amount',
			'remark',
			'describes',
			'source_key as sourceKey',
			'source_title as sourceTitle',
			'source_title_language as sourceTitleLanguage',
			'published_on as publishedOn',
			'source_url as sourceUrl',
		])
		.orderBy('fiscal_year', 'desc')
		.orderBy('source_key')
		.orderBy('position')
		.limit(1000)
		.execute();
}
