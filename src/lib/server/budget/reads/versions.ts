import { sql, type ExpressionBuilder } from 'kysely';
import type { BudgetId, CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import type { Totals } from '#lib/domain/budget/sums.ts';
import type { BudgetKind, SourceGrade, TotalItem } from '#lib/domain/budget/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import type { Schema } from '#lib/server/db/schema.ts';
import { subjectOfLine } from '../subject-of.ts';

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
		.innerJoinLateral(totalsOfBudget, (join) => join.onTrue())
		.innerJoinLateral(depthOfBudget, (join) => join.onTrue())
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
			'total.revenues',
			'total.expenditures',
			'total.balance',
			'depth.hasGroups',
			'depth.hasNested',
		])
		.orderBy('budget.city_id')
		.orderBy('budget.fiscal_year', 'desc')
		.orderBy('budget.kind')
		.orderBy('budget.sequence', 'desc')
		.limit(10_000)
		.execute();
}

/** Aggregates have one row even of nothing, so these joins lose no version. */
function totalsOfBudget(eb: ExpressionBuilder<Schema, 'budget'>) {
	const amountOf = (item: TotalItem) =>
		sql<Tenge | null>`max(budget_total.amount) filter (where budget_total.item = ${item})`;
	return eb
		.selectFrom('budget_total')
		.whereRef('budget_total.city_id', '=', 'budget.city_id')
		.whereRef('budget_total.budget_id', '=', 'budget.id')
		.select([
			amountOf('revenues').as('revenues'),
			amountOf('expenditures').as('expenditures'),
			amountOf('balance').as('balance'),
		])
		.as('total');
}

function depthOfBudget(eb: ExpressionBuilder<Schema, 'budget'>) {
	return eb
		.selectFrom('budget_line')
		.innerJoin('subject', (join) => join.on(subjectOfLine()))
		.whereRef('budget_line.city_id', '=', 'budget.city_id')
		.whereRef('budget_line.budget_id', '=', 'budget.id')
		.select([
			sql<boolean>`coalesce(bool_or(subject.level = 'group'), false)`.as('hasGroups'),
			sql<boolean>`coalesce(bool_or(subject.parent_code is not null), false)`.as('hasNested'),
		])
		.as('depth');
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
