import type { Language, Passage } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import { populationFor, type PopulationFigure } from '#lib/domain/budget/population.ts';
import { groupByYear, versionKey } from '#lib/domain/budget/versions.ts';
import type { BudgetKind, LineKind } from '#lib/domain/budget/words.ts';
import type { BudgetId } from '#lib/domain/base/ids.ts';
import type { Reader } from '../capabilities.ts';
import { listPopulation, type City } from './reads/cities.ts';
import { listLineAmounts, listLines, type BudgetLine } from './reads/lines.ts';
import { findSubject, type SubjectWithNames } from './reads/subjects.ts';
import { listVersions, type BudgetVersion } from './reads/versions.ts';

export type LineYear = { readonly fiscalYear: number; readonly kind: BudgetKind; readonly amount: Tenge };

export type LinePage = {
	readonly subject: SubjectWithNames;
	/** The version asked for, else the most current one that names the line; null when none of the year does. */
	readonly shown: BudgetVersion | null;
	readonly amount: Tenge | null;
	/** The total of which the line is a part: all revenue or all expenditure of the version. */
	readonly whole: Tenge | null;
	readonly population: PopulationFigure | null;
	/** The lines above, the highest first. */
	readonly above: readonly { readonly alias: string; readonly name: Passage }[];
	/** The lines it is made of. */
	readonly parts: readonly BudgetLine[];
	/** One amount a year, of the most current version that names the line; oldest first. */
	readonly history: readonly LineYear[];
};

/**
 * Everything the page of a line shows.
 * @param version key of a version (`executed-2`), or null for the most current one that names the line.
 * @returns null when there is no such line to be discussed in that year, or no such version that names it.
 */
export async function readLinePage(
	reader: Reader,
	city: City,
	fiscalYear: number,
	alias: string,
	version: string | null,
	language: Language,
): Promise<LinePage | null> {
	const [subject, versions, figures] = await Promise.all([
		findSubject(reader, city.id, fiscalYear, alias),
		listVersions(reader, city.id),
		listPopulation(reader, city.id),
	]);
	if (!subject) return null;
	const amounts = await listLineAmounts(reader, city.id, subject.kind, subject.code);
	const amountIn = new Map(amounts.map((line) => [line.budgetId, line.amount]));
	const years = groupByYear(versions.filter(({ id }) => amountIn.has(id)));
	const year = years.find((each) => each.fiscalYear === fiscalYear);
	const wanted =
		version === null ? year?.current : year?.versions.find((each) => versionKey(each) === version);
	const shown = wanted ?? null;
	if (version !== null && !shown) return null;

	const lines = shown ? await listLines(reader, city.id, shown.id, language) : [];
	return {
		subject,
		shown,
		amount: shown && amountOf(amountIn, shown.id),
		whole: shown && wholeOf(shown, subject.kind),
		population: populationFor(figures, fiscalYear),
		above: ancestorsOf(subject, lines),
		parts: lines.filter((line) => line.kind === subject.kind && line.parentCode === subject.code),
		history: years
			.map(({ fiscalYear: of, current }) => ({
				fiscalYear: of,
				kind: current.kind,
				amount: amountOf(amountIn, current.id),
			}))
			.toReversed(),
	};
}

function amountOf(amounts: ReadonlyMap<BudgetId, Tenge>, id: BudgetId): Tenge {
	const amount = amounts.get(id);
	if (amount === undefined) throw new Error(`budget ${id} was chosen because it names the line`);
	return amount;
}

function wholeOf(version: BudgetVersion, kind: LineKind): Tenge | null {
	return kind === 'revenue' ? version.revenues : version.expenditures;
}

function ancestorsOf(subject: SubjectWithNames, lines: readonly BudgetLine[]): readonly BudgetLine[] {
	const byCode = new Map(lines.filter((line) => line.kind === subject.kind).map((line) => [line.code, line]));
	const above: BudgetLine[] = [];
	for (let code = subject.parentCode; code !== null;) {
		const line = byCode.get(code);
		if (!line) break;
		above.unshift(line);
		code = line.parentCode;
	}
	return above;
}
