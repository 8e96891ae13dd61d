import { fraction, signOf, toNumber, type Fraction } from '#lib/domain/base/fraction.ts';
import type { Payers, Pockets } from './pockets.ts';

/**
 * The price of one unit of worth of an option, exactly: `numerator / (ledger's denominator · worth)`. Its derivative by a
 * raise of the share has the numerator `slopeNumerator` over the same denominator.
 */
export type Price = {
	readonly numerator: bigint;
	readonly slopeNumerator: bigint;
	/** Worth of the option to those who pay in full; a whole number. */
	readonly worth: bigint;
	/** The same as doubles. */
	readonly value: number;
	readonly slope: number;
};

/**
 * The exact side of a run: the share, and the price of each purchase, as whole numbers over one common denominator that
 * grows with each purchase. No fraction is ever reduced by a long division.
 */
export function openLedger(budget: bigint, voters: number, raise: bigint) {
	const common = greatestCommonDivisor(budget, BigInt(voters));
	let denominator = BigInt(voters) / common;
	let share = budget / common + raise * denominator;
	const prices: bigint[] = [];
	const slopes: bigint[] = [];
	let paid = new Float64Array(64);

	/**
	 * Voters who hold something among those that `counts` says, and for each purchase the units of worth they paid for:
	 * whole numbers, from which what they hold together follows exactly.
	 */
	function sumPaths(payers: Payers, pockets: Pockets, isCounted: (index: number) => boolean): number {
		if (paid.length < prices.length) paid = new Float64Array(prices.length * 2);
		paid.fill(0);
		let voters = 0;
		for (let index = 0; index < payers.length; index++) {
			if (!isCounted(index)) continue;
			voters += payers.counts[index]!;
			pockets.addPath(payers.pockets[index]!, payers.counts[index]!, paid);
		}
		return voters;
	}

	/** What they hold, and how it grows with the share; both over the common denominator. */
	function holdings(voters: number): { money: bigint; slope: bigint } {
		let money = BigInt(voters) * share;
		let slope = BigInt(voters) * denominator;
		for (let purchase = 0; purchase < prices.length; purchase++) {
			const units = paid[purchase]!;
			if (units === 0) continue;
			if (!Number.isSafeInteger(units)) throw new RangeError('points paid for add up to more than 2^53');
			const exactly = BigInt(units);
			money -= exactly * prices[purchase]!;
			slope -= exactly * slopes[purchase]!;
		}
		return { money, slope };
	}

	function ofPocket(pocket: number, pockets: Pockets): { money: bigint; slope: bigint } {
		if (paid.length < prices.length) paid = new Float64Array(prices.length * 2);
		paid.fill(0);
		pockets.addPath(pocket, 1, paid);
		return holdings(1);
	}

	return {
		share: (): number => toNumber(share, denominator),

		/** The price if exactly those marked pay all they hold and the rest pay by worth; null when nobody is in the rest. */
		price(cost: bigint, payers: Payers, pockets: Pockets): Price | null {
			let inFull = 0;
			for (let index = 0; index < payers.length; index++) {
				if (payers.paysAll[index] === 0) inFull += payers.counts[index]! * payers.worths[index]!;
			}
			if (inFull === 0) return null;
			const { money, slope } = holdings(sumPaths(payers, pockets, (index) => payers.paysAll[index] === 1));
			const worth = BigInt(inFull);
			const numerator = cost * denominator - money;
			return {
				numerator,
				slopeNumerator: -slope,
				worth,
				value: toNumber(numerator, denominator * worth),
				slope: toNumber(-slope, denominator * worth),
			};
		},

		/** Sign of what a pocket holds less what a worth costs at this price. */
		compareWithPrice(pocket: number, worth: number, price: Price, pockets: Pockets): -1 | 0 | 1 {
			return signOf(ofPocket(pocket, pockets).money * price.worth - price.numerator * BigInt(worth));
		},

		/** The same difference as a double, and the sign of its derivative, where doubles cannot tell them. */
		excess(
			pocket: number,
			worth: number,
			price: Price,
			pockets: Pockets,
		): { value: number; slopeSign: number } {
			const { money, slope } = ofPocket(pocket, pockets);
			return {
				value: toNumber(money * price.worth - price.numerator * BigInt(worth), denominator * price.worth),
				slopeSign: signOf(slope * price.worth - price.slopeNumerator * BigInt(worth)),
			};
		},

		/** What all of an option's supporters together lack, as a double, and how fast a raise of the share closes it. */
		missing(cost: bigint, payers: Payers, pockets: Pockets): { money: number; slope: number } {
			const { money, slope } = holdings(sumPaths(payers, pockets, () => true));
			return {
				money: toNumber(cost * denominator - money, denominator),
				slope: toNumber(slope, denominator),
			};
		},

		/** What some of an option's supporters hold together. */
		moneyOf(payers: Payers, pockets: Pockets, isCounted: (index: number) => boolean): Fraction {
			return fraction(holdings(sumPaths(payers, pockets, isCounted)).money, denominator);
		},

		moneyOfPocket: (pocket: number, pockets: Pockets): Fraction =>
			fraction(ofPocket(pocket, pockets).money, denominator),

		toFraction: ({ numerator, worth }: Price, divisor: bigint): Fraction =>
			fraction(numerator, denominator * worth * divisor),

		/** Puts the price of the next purchase down, and everything over the new common denominator. */
		record({ numerator, slopeNumerator, worth }: Price): void {
			const shortened = greatestCommonDivisor(greatestCommonDivisor(numerator, worth), slopeNumerator);
			const factor = worth / shortened;
			if (factor !== 1n) {
				denominator *= factor;
				share *= factor;
				for (let purchase = 0; purchase < prices.length; purchase++) {
					prices[purchase]! *= factor;
					slopes[purchase]! *= factor;
				}
			}
			prices.push(numerator / shortened);
			slopes.push(slopeNumerator / shortened);
		},
	};
}

export type Ledger = ReturnType<typeof openLedger>;

/** Of two numbers, the second positive; the first step makes it as short as the shorter one. */
function greatestCommonDivisor(first: bigint, second: bigint): bigint {
	let larger = first < 0n ? -first : first;
	let smaller = second < 0n ? -second : second;
	while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
	return larger;
}
