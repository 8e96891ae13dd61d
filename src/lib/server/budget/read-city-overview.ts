import { compareColumns } from '#lib/domain/budget/comparison.ts';
import { whatIsMissing, type Missing } from '#lib/domain/budget/missing.ts';
import { populationFor, type PopulationFigure } from '#lib/domain/budget/population.ts';
import {
	bestYear,
	groupByYear,
	versionWithGroups,
	type YearOfVersions,
} from '#lib/domain/budget/versions.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { BudgetKind } from '#lib/domain/budget/words.ts';
import type { Reader } from '../capabilities.ts';
import { listPopulation, type City } from './reads/cities.ts';
import { listLines, listTopAmounts, TOP_LEVELS, type BudgetLine, type LineAmount } from './reads/lines.ts';
import { listNotes, type BudgetNote } from './reads/notes.ts';
import { listGroupSubjects, type SubjectWithName } from './reads/subjects.ts';
import { listVersions, type BudgetVersion } from './reads/versions.ts';

/** A year of a city, with the kind of its current version; null where only reports speak of it. */
export type CityYear = { readonly fiscalYear: number; readonly kind: BudgetKind | null };

export type YearTotals = CityYear & { readonly revenues: Tenge | null; readonly expenditures: Tenge | null };

/** Groups of spending side by side; each row has an amount, or null, for each column. */
export type GroupComparison<Column> = {
	readonly columns: readonly Column[];
	readonly rows: readonly { readonly code: string; readonly amounts: readonly (Tenge | null)[] }[];
};

export type CityOverview = {
	/** The version that says most about the city; null when it has none. */
	readonly shown: BudgetVersion | null;
	/** Oldest first. */
	readonly years: readonly CityYear[];
	/** Classes of revenue and groups of spending of the version shown. */
	readonly lines: readonly BudgetLine[];
	readonly population: PopulationFigure | null;
	readonly totals: readonly YearTotals[];
	readonly comparison: GroupComparison<{ readonly fiscalYear: number; readonly kind: BudgetKind }>;
	/** The groups of spending that can be discussed for the next year, all with their names. */
	readonly nextYear: { readonly fiscalYear: number; readonly groups: readonly SubjectWithName[] };
	/** Of the year shown; of all years where no budget is known. */
	readonly notes: readonly BudgetNote[];
	readonly missing: readonly Missing[];
};

/** As many years side by side as a phone can show one below the other without losing the thread. */
const MOST_YEARS_COMPARED = 4;

/** Everything the page of a city says about its budget. */
export async function readCityOverview(
	reader: Reader,
	city: City,
	language: Language,
	currentYear: number,
): Promise<CityOverview> {
	const [versions, figures, notes, amounts, groups] = await Promise.all([
		listVersions(reader, city.id),
		listPopulation(reader, city.id),
		listNotes(reader, city.id),
		listTopAmounts(reader, city.id),
		listGroupSubjects(reader, city.id, currentYear + 1, language),
	]);
	const years = groupByYear(versions);
	const best = bestYear(years);
	const shown = best?.current ?? null;
	return {
		shown,
		years: yearsOf(years, notes),
		lines: shown ? await listLines(reader, city.id, shown.id, language, TOP_LEVELS) : [],
		population: shown && populationFor(figures, shown.fiscalYear),
		totals: years
			.map(({ fiscalYear, current: { kind, revenues, expenditures } }) => ({
				fiscalYear,
				kind,
				revenues,
				expenditures,
			}))
			.toReversed(),
		comparison: compareGroups(
			years
				.flatMap((year) => versionWithGroups(year) ?? [])
				.slice(0, MOST_YEARS_COMPARED)
				.toReversed(),
			amounts,
		),
		nextYear: { fiscalYear: currentYear + 1, groups },
		notes: shown ? notes.filter((note) => note.fiscalYear === shown.fiscalYear) : notes,
		missing: missingOf(city, best, shown, currentYear),
	};
}

function yearsOf(
	years: readonly YearOfVersions<BudgetVersion>[],
	notes: readonly BudgetNote[],
): readonly CityYear[] {
	const kinds = new Map<number, BudgetKind | null>(notes.map((note) => [note.fiscalYear, null]));
	for (const { fiscalYear, current } of years) kinds.set(fiscalYear, current.kind);
	return [...kinds]
		.map(([fiscalYear, kind]) => ({ fiscalYear, kind }))
		.sort((first, second) => first.fiscalYear - second.fiscalYear);
}

/** Puts the groups of several versions of a city's budgets side by side. */
export function compareGroups<Column extends BudgetVersion>(
	versions: readonly Column[],
	amounts: readonly LineAmount[],
): GroupComparison<Column> {
	const spending = amounts.filter((line) => line.kind === 'expenditure');
	const columns = versions.map((version) => ({
		key: version,
		lines: spending.filter((line) => line.budgetId === version.id),
	}));
	return { columns: versions, rows: compareColumns(columns) };
}

/** What is missing about a city or one of its years, seen from the version that a page shows. */
export function missingOf(
	city: City,
	year: YearOfVersions<BudgetVersion> | null,
	shown: BudgetVersion | null,
	currentYear: number,
): readonly Missing[] {
	return whatIsMissing({
		level: city.level,
		hasDecision: year?.versions.some((version) => version.grade === 'decision') ?? false,
		currentYear,
		shown: shown && {
			kind: shown.kind,
			grade: shown.grade,
			fiscalYear: shown.fiscalYear,
			hasRevenues: shown.revenues !== null,
			hasExpenditures: shown.expenditures !== null,
			hasBalance: shown.balance !== null,
			hasGroups: shown.hasGroups,
			hasLinesBelowGroups: shown.hasNested,
		},
	});
}
