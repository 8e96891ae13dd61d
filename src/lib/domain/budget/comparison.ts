import type { Tenge } from '../base/tenge.ts';
import type { BudgetKind, LineKind } from './words.ts';

/** One column of a comparison: a version of a year with some of its lines. */
export type ComparedColumn<Key> = {
	readonly key: Key;
	readonly lines: readonly { readonly kind: LineKind; readonly code: string; readonly amount: Tenge }[];
};

export type ComparedRow = {
	readonly kind: LineKind;
	readonly code: string;
	/** In the order of the columns; null where that version does not name the line. */
	readonly amounts: readonly (Tenge | null)[];
};

/** Puts versions or years side by side: one row a line that any of them names, in the order of kind and code. */
export function compareColumns<Key>(columns: readonly ComparedColumn<Key>[]): readonly ComparedRow[] {
	const amountOf = columns.map(
		(column) => new Map(column.lines.map((line) => [`${line.kind} ${line.code}`, line.amount])),
	);
	const rows = new Map(
		columns.flatMap((column) => column.lines.map(({ kind, code }) => [`${kind} ${code}`, { kind, code }])),
	);
	return [...rows]
		.sort(([, first], [, second]) => order(first) - order(second) || (first.code < second.code ? -1 : 1))
		.map(([key, row]) => ({ ...row, amounts: amountOf.map((amounts) => amounts.get(key) ?? null) }));
}

function order({ kind }: { readonly kind: LineKind }): number {
	return kind === 'revenue' ? 0 : 1;
}

export type YearAmount = { readonly fiscalYear: number; readonly kind: BudgetKind; readonly amount: Tenge };

export type ExecutedChange = {
	readonly first: number;
	readonly last: number;
	/** Of the first amount, in thousandths, half away from zero. */
	readonly thousandths: number;
};

/**
 * How an amount changed from the first executed budget to the last one. A plan is not compared with an execution, and a
 * change in tenge is not yet one in what it buys: prices rise. Null where there are no two executions to compare.
 */
export function executedChange(years: readonly YearAmount[]): ExecutedChange | null {
	const executed = years
		.filter((year) => year.kind === 'executed')
		.toSorted((one, other) => one.fiscalYear - other.fiscalYear);
	const [first, last] = [executed[0], executed.at(-1)];
	if (!first || !last || first === last || first.amount <= 0n) return null;
	const difference = last.amount - first.amount;
	const half = difference < 0n ? -first.amount : first.amount;
	return {
		first: first.fiscalYear,
		last: last.fiscalYear,
		thousandths: Number((difference * 2000n + half) / (first.amount * 2n)),
	};
}
