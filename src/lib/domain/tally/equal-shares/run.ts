import { fraction, signOf, ZERO, type Fraction } from '#lib/domain/base/fraction.ts';
import { horizonOfOrder, horizonOfPayers } from './horizon.ts';
import { openLedger, type Ledger, type Price } from './ledger.ts';
import { openPockets, type Payers, type Pockets } from './pockets.ts';
import { chooseCheapest, findPrice, firstBound } from './prices.ts';
import type { SupportedOption, Supporters } from './supporters.ts';

/** What one purchase says about itself. Money is in smallest units. */
export type Purchase = {
	/** Place of the option in the election's list. */
	readonly option: number;
	/** Price of one unit of worth. */
	readonly rho: Fraction;
	/** Supporters who paid rho times the worth; the others paid all they had. */
	readonly inFull: number;
	readonly highestPayment: Fraction;
};

/** One run of equal shares. */
export type Run = {
	/** Places of the options in the order in which they were bought. */
	readonly bought: readonly number[];
	readonly spent: bigint;
	/** Ended early because more than the budget was spent, which only a raised share can do. */
	readonly isOverspent: boolean;
	/** Every raise of the share by less than this, in smallest units of money, leads to the same purchases. */
	readonly horizon: number;
	/** In the order of `bought`; empty unless asked for. */
	readonly purchases: readonly Purchase[];
	/** What the supporters of an option hold together at the end; to be asked before the next run. */
	moneyLeft(option: number): Fraction;
};

/** How a run is told: with each purchase explained, or only as fast as possible. */
export type Telling = 'explained' | 'outcome';

/**
 * Equal shares (docs/tally.md, 2) on the same ballots, as often as the share is raised. Every decision is exact: doubles
 * with bounds of their errors decide what is clear, the ledger's whole numbers the rest. `compare` is the tie rule.
 */
export function openEqualShares(supporters: Supporters, compare: (first: number, second: number) => number) {
	const pockets = openPockets(supporters);
	const candidates = supporters.options.filter(({ cost }) => cost > 0n);
	const byPlace = new Map(supporters.options.map((supported) => [supported.option, supported]));

	return function run(budget: bigint, raise: bigint, telling: Telling): Run {
		const ledger = openLedger(budget, supporters.voters, raise);
		pockets.fill(ledger.share());
		const open = new Map(candidates.map((candidate) => [candidate, firstBound(candidate)]));
		const bought: number[] = [];
		const purchases: Purchase[] = [];
		let spent = 0n;
		let horizon = Infinity;

		while (spent <= budget) {
			const choice = chooseCheapest(open, pockets, ledger, compare);
			horizon = Math.min(horizon, choice.horizon);
			if (choice.cheapest === null) break;
			const { option: cheapest, price, exactly } = choice.cheapest;
			horizon = Math.min(horizon, horizonOfOrder(open, exactly, choice.cheapest));
			// The payers of another candidate may have been gathered since.
			const payers = findPrice(cheapest, price.value, pockets, ledger)!.payers;
			horizon = Math.min(horizon, horizonOfPayers(payers, price, pockets, ledger));
			if (telling === 'explained') purchases.push(explain(cheapest, price, payers, pockets, ledger));
			pockets.pay(cheapest, bought.length, price.value, price.slope);
			ledger.record(price);
			bought.push(cheapest.option);
			open.delete(cheapest);
			for (const bound of open.values()) bound.isFresh = false;
			spent += cheapest.cost;
		}
		return {
			bought,
			spent,
			isOverspent: spent > budget,
			horizon,
			purchases,
			moneyLeft(option) {
				const supported = byPlace.get(option);
				if (supported === undefined) return ZERO;
				return ledger.moneyOf(pockets.gather(supported), pockets, () => true);
			},
		};
	};
}

function explain(
	{ option, divisor }: SupportedOption,
	price: Price,
	payers: Payers,
	pockets: Pockets,
	ledger: Ledger,
): Purchase {
	const unitPrice = ledger.toFraction(price, 1n);
	let inFull = 0;
	let highest = ZERO;
	for (let index = 0; index < payers.length; index++) {
		const isInFull = payers.paysAll[index] === 0;
		if (isInFull) inFull += payers.counts[index]!;
		const payment = isInFull
			? fraction(unitPrice.numerator * BigInt(payers.worths[index]!), unitPrice.denominator)
			: ledger.moneyOfPocket(payers.pockets[index]!, pockets);
		if (isMore(payment, highest)) highest = payment;
	}
	return { option, rho: ledger.toFraction(price, divisor), inFull, highestPayment: highest };
}

function isMore(first: Fraction, second: Fraction): boolean {
	return signOf(first.numerator * second.denominator - second.numerator * first.denominator) > 0;
}
