import type { Language } from '#lib/domain/base/language.ts';
import type { Missing } from '#lib/domain/budget/missing.ts';
import { populationFor, type PopulationFigure } from '#lib/domain/budget/population.ts';
import type { Totals } from '#lib/domain/budget/sums.ts';
import { buildTree, type BudgetTree } from '#lib/domain/budget/tree.ts';
import { groupByYear, versionKey } from '#lib/domain/budget/versions.ts';
import type { Reader } from '../capabilities.ts';
import { compareGroups, missingOf, type CityYear, type GroupComparison } from './read-city-overview.ts';
import { listPopulation, type City } from './reads/cities.ts';
import { listLines, listTopAmounts, type BudgetLine } from './reads/lines.ts';
import { listNotes, type BudgetNote } from './reads/notes.ts';
import { listDiscussableYears, listGroupSubjects, type SubjectWithName } from './reads/subjects.ts';
import { findTotals, listVersions, type BudgetVersion } from './reads/versions.ts';

export type BudgetOfYear = {
	readonly fiscalYear: number;
	/** All years that have a page, oldest first. */
	readonly years: readonly CityYear[];
	/** All versions of this year, the current one first. */
	readonly versions: readonly BudgetVersion[];
	/** The version asked for, else the current one; null when the year has none. */
	readonly shown: BudgetVersion | null;
	readonly totals: Totals;
	readonly tree: BudgetTree<BudgetLine>;
	readonly population: PopulationFigure | null;
	/** The groups of spending that can be discussed, whether or not their amounts are known. */
	readonly groups: readonly SubjectWithName[];
	/** Versions with groups side by side, the earliest act first; empty where fewer than two have groups. */
	readonly comparison: GroupComparison<BudgetVersion>;
	readonly notes: readonly BudgetNote[];
	readonly missing: readonly Missing[];
};

/**
 * Everything the page of a budget year shows.
 * @param version key of a version (`executed-2`), or null for the current one.
 * @returns null when nothing of that year can be shown or discussed, or there is no such version.
 */
export async function readBudgetOfYear(
	reader: Reader,
	city: City,
	fiscalYear: number,
	version: string | null,
	language: Language,
	currentYear: number,
): Promise<BudgetOfYear | null> {
	const [versions, years, figures, notes, amounts, groups] = await Promise.all([
		listVersions(reader, city.id),
		listDiscussableYears(reader, city.id),
		listPopulation(reader, city.id),
		listNotes(reader, city.id),
		listTopAmounts(reader, city.id),
		listGroupSubjects(reader, city.id, fiscalYear, language),
	]);
	if (!years.includes(fiscalYear)) return null;
	const known = groupByYear(versions);
	const year = known.find((each) => each.fiscalYear === fiscalYear) ?? null;
	const wanted =
		version === null ? year?.current : year?.versions.find((each) => versionKey(each) === version);
	const shown = wanted ?? null;
	if (version !== null && !shown) return null;

	const [totals, lines] = shown
		? await Promise.all([
				findTotals(reader, city.id, shown.id),
				listLines(reader, city.id, shown.id, language),
			])
		: [{}, []];
	const withGroups = year?.versions.filter((each) => each.hasGroups) ?? [];
	return {
		fiscalYear,
		years: years
			.map((each) => ({
				fiscalYear: each,
				kind: known.find((one) => one.fiscalYear === each)?.current.kind ?? null,
			}))
			.toReversed(),
		versions: year?.versions ?? [],
		shown,
		totals,
		tree: buildTree(lines),
		population: populationFor(figures, fiscalYear),
		groups,
		comparison: compareGroups(withGroups.length > 1 ? withGroups.toReversed() : [], amounts),
		notes: notes.filter((note) => note.fiscalYear === fiscalYear),
		missing: missingOf(city, year, shown, currentYear),
	};
}
