import { sql } from 'kysely';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import { groupByYear, versionKey } from '#lib/domain/budget/versions.ts';
import type { BudgetKind, LineKind, LineLevel, SourceGrade, TotalItem } from '#lib/domain/budget/words.ts';
import { listVersions, subjectOfLine, type BudgetVersion } from '#lib/server/budget/index.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { nameIn } from './subject-names.ts';

/** Which budgets are wanted: of one year, of one version by its name in addresses. Null is all of them. */
export type BudgetFilter = { readonly fiscalYear: number | null; readonly versionKey: string | null };

type BudgetRow = Amount & {
	/** Budgets are real in a demonstration too. */
	readonly data_kind: 'real';
	readonly city: CityId;
	readonly fiscal_year: number;
	readonly version: BudgetKind;
	readonly sequence: number;
	readonly current: boolean;
	readonly grade: SourceGrade;
	readonly source_title: string;
	readonly source_number: string | null;
	readonly decided_on: CivilDate | null;
	readonly source_url: string | null;
};

type Amount = {
	readonly part: 'total' | 'line';
	/** What is added up in a total; revenue or expenditure of a line. */
	readonly kind: TotalItem | LineKind;
	readonly code: string | null;
	readonly level: LineLevel | null;
	readonly name_kk: string | null;
	readonly name_ru: string | null;
	readonly name_en: string | null;
	readonly amount: Tenge;
};

/** Every version of every budget: its totals, then its lines, each with the source. One version is in memory at a time. */
export async function* budgetRows(
	reader: Reader,
	cityId: CityId | null,
	wanted: BudgetFilter,
): AsyncGenerator<BudgetRow> {
	const ofCities = Map.groupBy(await listVersions(reader, cityId), (version) => version.cityId);
	for (const versions of ofCities.values()) {
		for (const { current, versions: ofYear } of groupByYear(versions)) {
			for (const version of ofYear.filter((each) => passes(each, wanted))) {
				const source = describeSource(version, version === current);
				for (const amount of await listAmounts(reader, version)) yield { ...source, ...amount };
			}
		}
	}
}

function passes(version: BudgetVersion, wanted: BudgetFilter): boolean {
	if (wanted.fiscalYear !== null && version.fiscalYear !== wanted.fiscalYear) return false;
	return wanted.versionKey === null || versionKey(version) === wanted.versionKey;
}

function describeSource(version: BudgetVersion, current: boolean): Omit<BudgetRow, keyof Amount> {
	return {
		data_kind: 'real',
		city: version.cityId,
		fiscal_year: version.fiscalYear,
		version: version.kind,
		sequence: version.sequence,
		current,
		grade: version.grade,
		source_title: version.title,
		source_number: version.number,
		decided_on: version.decidedOn,
		source_url: version.sourceUrl,
	};
}

function listAmounts(reader: Reader, { cityId, id }: BudgetVersion): Promise<Amount[]> {
	const totals = reader
		.selectFrom('budget_total')
		.where('budget_total.city_id', '=', cityId)
		.where('budget_total.budget_id', '=', id)
		.select([
			sql<Amount['part']>`'total'`.as('part'),
			sql<Amount['kind']>`budget_total.item`.as('kind'),
			sql<string | null>`null`.as('code'),
			sql<LineLevel | null>`null`.as('level'),
			sql<string | null>`null`.as('name_kk'),
			sql<string | null>`null`.as('name_ru'),
			sql<string | null>`null`.as('name_en'),
			'budget_total.amount',
		]);
	const lines = reader
		.selectFrom('budget_line')
		.innerJoin('subject', (join) => join.on(subjectOfLine()))
		.where('budget_line.city_id', '=', cityId)
		.where('budget_line.budget_id', '=', id)
		.select((eb) => [
			sql<Amount['part']>`'line'`.as('part'),
			sql<Amount['kind']>`budget_line.kind`.as('kind'),
			sql<string | null>`budget_line.code`.as('code'),
			sql<LineLevel | null>`subject.level`.as('level'),
			nameIn('kk', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_kk'),
			nameIn('ru', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_ru'),
			nameIn('en', eb.ref('subject.kind'), eb.ref('subject.classification_code')).as('name_en'),
			'budget_line.amount',
		]);
	return reader
		.selectFrom(totals.unionAll(lines).as('amount'))
		.select(['part', 'kind', 'code', 'level', 'name_kk', 'name_ru', 'name_en', 'amount'])
		.orderBy('part', 'desc')
		.orderBy('kind')
		.orderBy('code')
		.execute();
}
