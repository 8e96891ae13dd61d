/**
 * Linear algebra over the rational numbers, exact: what can be computed from published sums by adding and subtracting
 * them in any multiples. Rows are sparse; a coefficient that is absent is zero.
 */

/** The sum over some unknowns, each counted so many times, is known to be `value`. */
export type Equation = { readonly coefficients: ReadonlyMap<number, bigint>; readonly value: bigint };

type Fraction = { readonly top: bigint; readonly bottom: bigint };
type Row = { readonly pivot: number; readonly coefficients: Map<number, Fraction>; value: Fraction };

const ZERO: Fraction = { top: 0n, bottom: 1n };

/** The equations in reduced row echelon form. */
export class Knowledge {
	readonly rows: Row[] = [];

	constructor(equations: Iterable<Equation>) {
		for (const equation of equations) this.learn(equation);
	}

	/** What the sum over these unknowns must be, or null when the equations leave it open. */
	valueOf(unknowns: Iterable<number>): bigint | null {
		const target: Equation = { coefficients: new Map([...unknowns].map((index) => [index, 1n])), value: 0n };
		const { coefficients, value } = this.reduce(target);
		if (coefficients.size > 0) return null;
		if (value.bottom !== 1n) throw new Error('a sum of counts is not whole');
		return -value.top;
	}

	private learn(equation: Equation): void {
		const { coefficients, value } = this.reduce(equation);
		const [first] = coefficients;
		if (first === undefined) {
			if (value.top !== 0n) throw new Error('published sums contradict each other');
			return;
		}
		const [pivot, leading] = first;
		for (const [index, coefficient] of coefficients) coefficients.set(index, divide(coefficient, leading));
		const row: Row = { pivot, coefficients, value: divide(value, leading) };
		for (const other of this.rows) {
			const times = other.coefficients.get(pivot);
			if (times) other.value = subtractTimes(other.coefficients, other.value, row, times);
		}
		this.rows.push(row);
	}

	private reduce({ coefficients, value }: Equation): {
		coefficients: Map<number, Fraction>;
		value: Fraction;
	} {
		const left = new Map([...coefficients].map(([index, times]) => [index, whole(times)]));
		let rest = whole(value);
		for (const row of this.rows) {
			const times = left.get(row.pivot);
			if (times) rest = subtractTimes(left, rest, row, times);
		}
		return { coefficients: left, value: rest };
	}
}

function subtractTimes(from: Map<number, Fraction>, value: Fraction, row: Row, times: Fraction): Fraction {
	for (const [index, coefficient] of row.coefficients) {
		const difference = subtract(from.get(index) ?? ZERO, multiply(coefficient, times));
		if (difference.top === 0n) from.delete(index);
		else from.set(index, difference);
	}
	return subtract(value, multiply(row.value, times));
}

function whole(value: bigint): Fraction {
	return { top: value, bottom: 1n };
}

function multiply(first: Fraction, second: Fraction): Fraction {
	return shorten(first.top * second.top, first.bottom * second.bottom);
}

function divide(first: Fraction, second: Fraction): Fraction {
	return shorten(first.top * second.bottom, first.bottom * second.top);
}

function subtract(first: Fraction, second: Fraction): Fraction {
	return shorten(first.top * second.bottom - second.top * first.bottom, first.bottom * second.bottom);
}

function shorten(top: bigint, bottom: bigint): Fraction {
	const divisor = greatestCommonDivisor(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom);
	const sign = bottom < 0n ? -1n : 1n;
	return { top: (sign * top) / divisor, bottom: (sign * bottom) / divisor };
}

function greatestCommonDivisor(first: bigint, second: bigint): bigint {
	return second === 0n ? first || 1n : greatestCommonDivisor(second, first % second);
}

/** The least and the most that each unknown count can be; `most` is null without a limit. */
export type Bounds = { least: number; most: number | null }[];

/**
 * Narrows bounds by sums of counts, each of which is nought or more: a part is at most the sum less the least of all
 * other parts, and at least the sum less the most of them. Repeated until nothing changes.
 */
export function narrow(
	bounds: Bounds,
	sums: readonly { readonly unknowns: readonly number[]; readonly value: number }[],
): void {
	for (let changed = true; changed;) {
		changed = false;
		for (const { unknowns, value } of sums) {
			for (const index of unknowns) {
				const others = unknowns.filter((other) => other !== index).map((other) => bounds[other]!);
				const bound = bounds[index]!;
				const most = value - others.reduce((sum, other) => sum + other.least, 0);
				if (bound.most === null || most < bound.most) [bound.most, changed] = [most, true];
				if (others.some((other) => other.most === null)) continue;
				const least = value - others.reduce((sum, other) => sum + other.most!, 0);
				if (least > bound.least) [bound.least, changed] = [least, true];
			}
		}
	}
}
