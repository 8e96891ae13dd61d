import type { BudgetId, CityId } from '#lib/domain/base/ids.ts';
import type { Tx } from '#lib/server/capabilities.ts';
import type { Seed } from './row-shapes.ts';
import { changed, update, type SeedCounts } from './upsert.ts';

export async function writeBudgets(tx: Tx, seed: Seed, newId: () => string): Promise<SeedCounts> {
	const budgets = seed['budgets.csv'];
	const sourced = [
		'fiscal_year',
		'kind',
		'sequence',
		'grade',
		'title',
		'title_language',
		'number',
		'decided_on',
		'registration',
		'source_url',
	] as const;
	const budget = await tx
		.insertInto('budget')
		.values(
			budgets.map((row) => ({
				city_id: row.city,
				id: newId() as BudgetId,
				fiscal_year: row.fiscal_year,
				kind: row.kind,
				sequence: row.sequence,
				source_key: row.key,
				grade: row.grade,
				title: row.title,
				title_language: row.title_language,
				number: row.number,
				decided_on: row.decided_on,
				registration: row.registration,
				source_url: row.source_url,
			})),
		)
		.onConflict(update('budget', ['city_id', 'source_key'], sourced))
		.executeTakeFirst();
	const saved = await tx
		.selectFrom('budget')
		.where(
			'source_key',
			'in',
			budgets.map((row) => row.key),
		)
		.select(['id', 'city_id', 'fiscal_year', 'source_key'])
		.execute();
	const byKey = new Map(saved.map((row) => [row.source_key, row]));
	return {
		budget: changed(budget),
		budget_total: await writeTotals(tx, seed, byKey),
		budget_line: await writeLines(tx, seed, byKey),
	};
}

type SavedBudgets = ReadonlyMap<
	string,
	{ id: BudgetId; city_id: CityId; fiscal_year: number; source_key: string }
>;

async function writeTotals(tx: Tx, seed: Seed, budgets: SavedBudgets): Promise<number> {
	const rows = seed['totals.csv'].map(({ budget, item, amount }) => {
		const { id, city_id } = budgets.get(budget)!;
		return { city_id, budget_id: id, item, amount };
	});
	const removed = await tx
		.deleteFrom('budget_total')
		.where('budget_id', 'in', idsOf(budgets))
		.where((eb) =>
			eb.not(
				eb(
					eb.refTuple('budget_id', 'item'),
					'in',
					rows.map((row) => eb.tuple(row.budget_id, row.item)),
				),
			),
		)
		.executeTakeFirst();
	const written = await tx
		.insertInto('budget_total')
		.values(rows)
		.onConflict(update('budget_total', ['city_id', 'budget_id', 'item'], ['amount']))
		.executeTakeFirst();
	return Number(removed.numDeletedRows) + changed(written);
}

async function writeLines(tx: Tx, seed: Seed, budgets: SavedBudgets): Promise<number> {
	const rows = seed['lines.csv'].map(({ budget, kind, code, amount }) => {
		const { id, city_id, fiscal_year } = budgets.get(budget)!;
		return { city_id, budget_id: id, fiscal_year, kind, code, amount };
	});
	const removed = await tx
		.deleteFrom('budget_line')
		.where('budget_id', 'in', idsOf(budgets))
		.where((eb) =>
			eb.not(
				eb(
					eb.refTuple('budget_id', 'kind', 'code'),
					'in',
					rows.map((row) => eb.tuple(row.budget_id, row.kind, row.code)),
				),
			),
		)
		.executeTakeFirst();
	const written = await tx
		.insertInto('budget_line')
		.values(rows)
		.onConflict(update('budget_line', ['city_id', 'budget_id', 'kind', 'code'], ['amount']))
		.executeTakeFirst();
	return Number(removed.numDeletedRows) + changed(written);
}

function idsOf(budgets: SavedBudgets): BudgetId[] {
	return [...budgets.values()].map((budget) => budget.id);
}
