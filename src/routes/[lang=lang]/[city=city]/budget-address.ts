import { versionKey, type Version } from '#lib/domain/budget/versions.ts';
import type { BudgetKind } from '#lib/domain/budget/words.ts';
import { kindWord } from '#lib/i18n/budget-words.ts';

type Year = { readonly fiscalYear: number; readonly kind: BudgetKind | null };

/** One version of a budget, as the table of budgets is asked for it. */
export function versionQuery(cityId: string, version: Version & { readonly fiscalYear: number }): string {
	return `?city=${cityId}&year=${version.fiscalYear}&version=${versionKey(version)}`;
}

/** A year of a city as a pill, with the kind of its current version where a budget is known. */
export function yearPill(home: string, { fiscalYear, kind }: Year, shown: number | null) {
	return {
		href: `${home}/budget/${fiscalYear}`,
		label: kind === null ? String(fiscalYear) : `${fiscalYear} · ${kindWord(kind)}`,
		current: fiscalYear === shown,
	};
}
