import type { BudgetId, CityId } from '#lib/domain/base/ids.ts';
import type { Language, Passage } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import { LINE_LEVELS, type LineKind, type LineLevel } from '#lib/domain/budget/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { subjectName } from '../subject-name.ts';
import { subjectOfLine } from '../subject-of.ts';

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
		.innerJoin('subject', (join) => join.on(subjectOfLine()))
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
		.innerJoin('subject', (join) => join.on(subjectOfLine()))
		.where('budget_line.city_id', '=', cityId)
		.select([
			'budget_line.budget_id as budgetId',
			'budget_line.fiscal_year as fiscalYear',
			'budget_line.kind',
			'budget_line.code',
			'budget_line.amount',
		]);
}
