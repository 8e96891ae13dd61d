import { discussableYears, FUNCTIONAL_GROUPS, toSubject, type Subject } from '#lib/domain/budget/code.ts';
import type { Tx } from '#lib/server/capabilities.ts';
import { ensureSubjects } from '../ensure-subjects.ts';
import type { Seed } from './row-shapes.ts';
import type { SeedCounts } from './upsert.ts';

export async function writeSubjects(tx: Tx, seed: Seed, currentYear: number): Promise<SeedCounts> {
	return { subject: await ensureSubjects(tx, subjectsOf(seed, currentYear)) };
}

/** Every line of every version once, and the functional groups of every year that can be discussed. */
function subjectsOf(seed: Seed, currentYear: number): readonly Subject[] {
	const budgets = new Map(seed['budgets.csv'].map((row) => [row.key, row]));
	const fromLines = seed['lines.csv'].map(({ budget, kind, code }) => {
		const { city, fiscal_year } = budgets.get(budget)!;
		return toSubject(city, fiscal_year, kind, code);
	});
	const known = [...seed['budgets.csv'], ...seed['notes.csv']];
	const groups = seed['cities.csv'].flatMap(({ id }) => {
		const years = known.filter((row) => row.city === id).map((row) => row.fiscal_year);
		return discussableYears(years, currentYear).flatMap((year) =>
			FUNCTIONAL_GROUPS.map((code) => toSubject(id, year, 'expenditure', code)),
		);
	});
	const once = new Map(
		[...fromLines, ...groups].map((row) => [`${row.cityId} ${row.fiscalYear} ${row.kind} ${row.code}`, row]),
	);
	return [...once.values()];
}
