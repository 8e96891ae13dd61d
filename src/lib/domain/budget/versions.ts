import { groupBy } from '../base/group-by.ts';
import type { BudgetKind, SourceGrade } from './words.ts';

/** What decides which of several versions of a year counts. */
export type Version = { readonly kind: BudgetKind; readonly sequence: number };

/** What happened last counts: executed before amended before approved. A draft only where nothing else exists. */
const RANK: Readonly<Record<BudgetKind, number>> = { executed: 4, amended: 3, approved: 2, draft: 1 };

/** The more reliable source gets the higher sequence, so that of two sources of one kind it is the current one. */
const RELIABILITY: Readonly<Record<SourceGrade, number>> = { decision: 4, portal: 3, bulletin: 2, report: 1 };

/** Order of versions of one year, the current one first. */
function compareVersions(first: Version, second: Version): number {
	return RANK[second.kind] - RANK[first.kind] || second.sequence - first.sequence;
}

/** The version of a year that pages show unless another is asked for; null when there is none. */
export function currentVersion<Of extends Version>(versions: readonly Of[]): Of | null {
	return versions.toSorted(compareVersions)[0] ?? null;
}

/** The name of a version in addresses, unique within city and year: `executed-2`. */
export function versionKey({ kind, sequence }: Version): string {
	return `${kind}-${sequence}`;
}

export type VersionOfYear = Version & { readonly fiscalYear: number; readonly hasGroups: boolean };

export type YearOfVersions<Of extends VersionOfYear> = {
	readonly fiscalYear: number;
	readonly current: Of;
	/** All versions of the year, the current one first. */
	readonly versions: readonly Of[];
};

/** The years of a city, newest first, each with its versions. */
export function groupByYear<Of extends VersionOfYear>(
	versions: readonly Of[],
): readonly YearOfVersions<Of>[] {
	return [...groupBy(versions, (version) => version.fiscalYear)]
		.map(([fiscalYear, ofYear]) => {
			const sorted = ofYear.toSorted(compareVersions);
			return { fiscalYear, current: sorted[0]!, versions: sorted };
		})
		.sort((first, second) => second.fiscalYear - first.fiscalYear);
}

/**
 * The year that says most about a city: the newest whose current version tells by group where the money goes, else the
 * newest at all. Null when there is none.
 */
export function bestYear<Of extends VersionOfYear>(
	years: readonly YearOfVersions<Of>[],
): YearOfVersions<Of> | null {
	return years.find((year) => year.current.hasGroups) ?? years[0] ?? null;
}

/** The most current version of a year that tells by group where the money goes; null when none does. */
export function versionWithGroups<Of extends VersionOfYear>(year: YearOfVersions<Of>): Of | null {
	return year.versions.find((version) => version.hasGroups) ?? null;
}

/** True when the first source is less to be relied on than the second. */
export function isLessReliable(first: SourceGrade, second: SourceGrade): boolean {
	return RELIABILITY[first] < RELIABILITY[second];
}
