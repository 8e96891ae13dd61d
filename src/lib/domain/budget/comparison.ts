import { tenge, type Tenge } from '../base/tenge.ts';
import type { LineKind } from './words.ts';

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

export type Change = {
	readonly difference: Tenge;
	/** Of the earlier amount, in thousandths, half away from zero; null when there was nothing to grow from. */
	readonly thousandths: number | null;
};

/** How an amount changed from an earlier one. Prices rise, so a change in tenge is not yet a change in what it buys. */
export function changeBetween(earlier: Tenge, later: Tenge): Change {
	const difference = tenge(later - earlier);
	if (earlier <= 0n) return { difference, thousandths: null };
	const half = difference < 0n ? -earlier : earlier;
	return { difference, thousandths: Number((difference * 2000n + half) / (earlier * 2n)) };
}
