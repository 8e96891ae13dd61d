import type { Brand } from './brand.ts';

/** An amount of money in whole tenge. Sums of it stay in it; ratios are made at display only. */
export type Tenge = Brand<bigint, 'Tenge'>;

export function tenge(amount: bigint): Tenge {
	return amount as Tenge;
}

/** Exact: the budget of one city and year passes 2^31, and ballots times tenge passes 2^53. */
export function sumTenge(amounts: Iterable<Tenge>): Tenge {
	let sum = 0n;
	for (const amount of amounts) sum += amount;
	return sum as Tenge;
}

/** Amount divided by a count of people, half away from zero, as figures per resident are printed. */
export function perHead(amount: Tenge, people: number): Tenge {
	if (!Number.isSafeInteger(people) || people <= 0) throw new RangeError('people must be a positive integer');
	return divideRounded(amount, BigInt(people)) as Tenge;
}

/** Share of a whole in thousandths, half away from zero: 287 is 28.7 %. Null when there is no whole to share. */
export function shareInThousandths(part: Tenge, whole: Tenge): number | null {
	if (whole <= 0n) return null;
	return Number(divideRounded(part * 1000n, whole));
}

/** Half away from zero, so that an amount and its opposite are printed with the same figures. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
	const half = dividend < 0n ? -divisor : divisor;
	return (dividend * 2n + half) / (divisor * 2n);
}
