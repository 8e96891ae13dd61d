import { signOf } from '#lib/domain/base/fraction.ts';
import type { Ledger, Price } from './ledger.ts';
import { SAFETY } from './horizon.ts';
import { ROUNDING, type Payers, type Pockets } from './pockets.ts';
import type { SupportedOption } from './supporters.ts';

/**
 * What is known of an option's rho without asking everybody again: `rho + slope · raise` is never above it, now and as
 * long as money only falls. It comes from some set of supporters who pay all they hold; whichever set that is, the price
 * that the others would then pay by worth is at most the true one.
 */
export type Bound = {
	/** Price of one unit of worth, from which the search for the true one goes on. */
	price: number;
	rho: number;
	slope: number;
	/** Found since the last purchase. */
	isFresh: boolean;
};

export type Open = Map<SupportedOption, Bound>;

/** An option whose price is known exactly in this round. */
export type Priced = { readonly option: SupportedOption; readonly price: Price; readonly rho: number };

export type Choice = {
	/** The option of the least rho, by the tie rule among equals; null when none is affordable. */
	readonly cheapest: (Priced & { readonly exactly: readonly Priced[] }) | null;
	/** Every raise of the share by less leaves the options that were found too dear too dear. */
	readonly horizon: number;
};

/** Before anybody has paid: all supporters pay by worth. */
export function firstBound({ cost, worth, divisor }: SupportedOption): Bound {
	const price = (Number(cost) / worth) * (1 - 4 * ROUNDING);
	return { price, rho: (price / Number(divisor)) * (1 - 4 * ROUNDING), slope: 0, isFresh: false };
}

/**
 * Looks at options in the order of their bounds, and stops at the first whose bound is above the least rho found. What
 * is too dear for its supporters is taken out of `open` for good.
 */
export function chooseCheapest(
	open: Open,
	pockets: Pockets,
	ledger: Ledger,
	compare: (first: number, second: number) => number,
): Choice {
	const exactly: Priced[] = [];
	let cheapest: Priced | null = null;
	let horizon = Infinity;
	const asked = new Set<SupportedOption>();

	for (;;) {
		const next = findLowest(open, asked);
		if (next === null) break;
		const [option, bound] = next;
		if (cheapest !== null && bound.rho > cheapest.rho * (1 + 4 * ROUNDING)) break;
		const found = bound.isFresh
			? findPrice(option, bound.price, pockets, ledger)
			: tightenBound(option, bound, pockets);
		if (found === null || found === 'too dear') {
			open.delete(option);
			horizon = Math.min(horizon, horizonOfTooDear(option, pockets, ledger));
		} else if (found !== 'bounded') {
			const priced = { option, price: found.price, rho: found.price.value / Number(option.divisor) };
			asked.add(option);
			exactly.push(priced);
			if (cheapest === null || compareRho(priced, cheapest, compare) < 0) cheapest = priced;
		}
	}
	return { cheapest: cheapest && { ...cheapest, exactly }, horizon };
}

function findLowest(open: Open, asked: ReadonlySet<SupportedOption>): [SupportedOption, Bound] | null {
	let lowest: [SupportedOption, Bound] | null = null;
	for (const entry of open) {
		if ((lowest === null || entry[1].rho < lowest[1].rho) && !asked.has(entry[0])) lowest = entry;
	}
	return lowest;
}

function compareRho(
	first: Priced,
	second: Priced,
	compare: (first: number, second: number) => number,
): number {
	return (
		signOf(
			first.price.numerator * second.price.worth * second.option.divisor -
				second.price.numerator * first.price.worth * first.option.divisor,
		) || compare(first.option.option, second.option.option)
	);
}

/**
 * Newton's way on doubles: those who hold less than the price of their worth pay all, the rest divide what is due, and so
 * on until nobody more is short. Each step is a lower bound.
 */
function tightenBound(option: SupportedOption, bound: Bound, pockets: Pockets): 'bounded' | 'too dear' {
	const payers = pockets.gather(option);
	const cost = Number(option.cost);
	let { price } = bound;
	let short = -1;
	let shortMoney = 0;
	let shortVoters = 0;
	let shortSlope = 0;
	let inFull = 0;
	for (;;) {
		let shortNow = 0;
		shortMoney = shortVoters = shortSlope = inFull = 0;
		for (let index = 0; index < payers.length; index++) {
			const money = pockets.money(payers.pockets[index]!);
			const worth = payers.worths[index]!;
			const count = payers.counts[index]!;
			if (money < price * worth) {
				shortNow += 1;
				shortMoney += count * money;
				shortVoters += count;
				shortSlope += count * pockets.slope(payers.pockets[index]!);
			} else {
				inFull += count * worth;
			}
		}
		if (inFull === 0) {
			const error = shortVoters * pockets.moneyError() + (payers.length + 4) * ROUNDING * (cost + shortMoney);
			bound.isFresh = true;
			// Left to the exact search when it is that close.
			return shortMoney + error < cost ? 'too dear' : 'bounded';
		}
		price = (cost - shortMoney) / inFull;
		if (shortNow <= short) break;
		short = shortNow;
	}
	const error =
		(shortVoters * pockets.moneyError() + (payers.length + 4) * ROUNDING * (cost + shortMoney)) / inFull;
	const slope = -shortSlope / inFull;
	const slopeError =
		(shortVoters * (pockets.slopeError() + (payers.length + 4) * ROUNDING * pockets.steepest())) / inFull;
	const divisor = Number(option.divisor);
	bound.price = price - error;
	bound.rho = ((price - error) / divisor) * (1 - 4 * ROUNDING);
	bound.slope = (slope - slopeError - Math.abs(slope) * 4 * ROUNDING) / divisor;
	bound.isFresh = true;
	return 'bounded';
}

/**
 * The exact price of an option, from a price that is at most a little above the true one: each round asks who is short at
 * the price so far, exactly where doubles cannot tell, until the answer is the same twice. Null when the supporters hold
 * too little. Leaves `paysAll` set for those who are short.
 */
export function findPrice(
	option: SupportedOption,
	estimate: number,
	pockets: Pockets,
	ledger: Ledger,
): { price: Price; payers: Payers } | null {
	const payers = pockets.gather(option);
	for (let index = 0; index < payers.length; index++) {
		const money = pockets.money(payers.pockets[index]!);
		payers.paysAll[index] = money < estimate * payers.worths[index]! ? 1 : 0;
	}
	let price = ledger.price(option.cost, payers, pockets);
	if (price === null) {
		// The estimate was too high by its error, or nothing is affordable: from nobody short, every step is a lower bound.
		payers.paysAll.fill(0, 0, payers.length);
		price = ledger.price(option.cost, payers, pockets);
	}
	while (price !== null) {
		if (!markShort(payers, price, pockets, ledger)) return { price, payers };
		price = ledger.price(option.cost, payers, pockets);
	}
	return null;
}

/** Marks who holds less than the price of their worth; true when that changes something. */
function markShort(payers: Payers, price: Price, pockets: Pockets, ledger: Ledger): boolean {
	const moneyError = pockets.moneyError();
	let hasChanged = false;
	for (let index = 0; index < payers.length; index++) {
		const pocket = payers.pockets[index]!;
		const worth = payers.worths[index]!;
		const due = price.value * worth;
		const excess = pockets.money(pocket) - due;
		const error = moneyError + 4 * ROUNDING * Math.abs(due);
		let isShort = excess < 0;
		if (Math.abs(excess) <= error) isShort = ledger.compareWithPrice(pocket, worth, price, pockets) < 0;
		if (isShort !== (payers.paysAll[index] === 1)) {
			payers.paysAll[index] = isShort ? 1 : 0;
			hasChanged = true;
		}
	}
	return hasChanged;
}

/** How far the share may be raised before the supporters of an option that is too dear could afford it. */
function horizonOfTooDear(option: SupportedOption, pockets: Pockets, ledger: Ledger): number {
	const payers = pockets.gather(option);
	const missing = ledger.missing(option.cost, payers, pockets);
	return missing.slope > 0 ? (missing.money / missing.slope) * SAFETY : Infinity;
}
