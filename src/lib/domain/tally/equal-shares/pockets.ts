import type { SupportedOption, Supporters } from './supporters.ts';

/** Voters who have paid all they had: nothing, whatever the share. */
const EMPTY = 0;
/** Voters who have paid nothing yet. */
const FULL = 1;

/** Twice the relative error of one operation on doubles. */
export const ROUNDING = 2 ** -52;

/**
 * Those supporters of one option who still hold something, put together by pocket and by what the option is worth to
 * them. Valid until the next purchase.
 */
export type Payers = {
	length: number;
	pockets: Int32Array;
	worths: Float64Array;
	/** Voters in this pocket to whom the option is worth this. */
	counts: Float64Array;
	/** 1 where they pay all they hold, because rho times worth is more. */
	paysAll: Uint8Array;
};

/**
 * What voters hold during one run of equal shares. Voters who paid the same for the same options share a pocket. What
 * a pocket holds follows from its path, share - sum of price · worth, and is known three ways: as a double with a bound
 * of its error, exactly (by the prices' own numerators, asked only where doubles cannot decide), and as a function of a
 * raise of the share, of which the doubles `slopes` are the first derivative.
 */
export function openPockets({ counts: groupCounts, options }: Supporters) {
	const pocketOf = new Int32Array(groupCounts.length);
	let parents = new Int32Array(1024);
	let purchases = new Int32Array(1024);
	let worths = new Float64Array(1024);
	let money = new Float64Array(1024);
	let slopes = new Float64Array(1024);
	let children = new Int32Array(1024);
	let marks = new Int32Array(1024);
	let size = 0;
	let mark = 0;
	let share = 0;
	let depth = 0;
	let steepest = 1;

	const mostPayers = Math.max(
		1,
		...options.map(({ levels }) => levels.reduce((sum, level) => sum + level.groups.length, 0)),
	);
	const payers: Payers = {
		length: 0,
		pockets: new Int32Array(mostPayers),
		worths: new Float64Array(mostPayers),
		counts: new Float64Array(mostPayers),
		paysAll: new Uint8Array(mostPayers),
	};

	function add(parent: number, purchase: number, worth: number, holds: number, slope: number): number {
		if (size === parents.length) grow();
		parents[size] = parent;
		purchases[size] = purchase;
		worths[size] = worth;
		money[size] = holds;
		slopes[size] = slope;
		marks[size] = 0;
		return size++;
	}

	function grow(): void {
		const larger = size * 2;
		parents = copyInto(new Int32Array(larger), parents);
		purchases = copyInto(new Int32Array(larger), purchases);
		worths = copyInto(new Float64Array(larger), worths);
		money = copyInto(new Float64Array(larger), money);
		slopes = copyInto(new Float64Array(larger), slopes);
		children = copyInto(new Int32Array(larger), children);
		marks = copyInto(new Int32Array(larger), marks);
	}

	/** Everybody gets their share, for a new run. */
	function fill(shareOfEach: number): void {
		size = 0;
		mark = 0;
		share = shareOfEach;
		depth = 0;
		steepest = 1;
		add(EMPTY, -1, 0, 0, 0);
		add(FULL, -1, 0, shareOfEach, 1);
		pocketOf.fill(FULL);
	}

	function gather({ levels }: SupportedOption): Payers {
		let length = 0;
		for (const { worth, groups } of levels) {
			mark += 1;
			for (let index = 0; index < groups.length; index++) {
				const group = groups[index]!;
				const pocket = pocketOf[group]!;
				if (pocket === EMPTY) continue;
				if (marks[pocket] !== mark) {
					marks[pocket] = mark;
					children[pocket] = length;
					payers.pockets[length] = pocket;
					payers.worths[length] = worth;
					payers.counts[length] = 0;
					length += 1;
				}
				payers.counts[children[pocket]!]! += groupCounts[group]!;
			}
		}
		payers.length = length;
		return payers;
	}

	/**
	 * Takes the payments of purchase number `purchase` at a price for one unit of worth, from the payers as they were
	 * gathered for this option and marked.
	 */
	function pay({ levels }: SupportedOption, purchase: number, price: number, slope: number): void {
		depth += 1;
		let next = 0;
		for (const { worth, groups } of levels) {
			const first = next;
			while (next < payers.length && payers.worths[next] === worth) {
				const pocket = payers.pockets[next]!;
				if (payers.paysAll[next] === 1) {
					children[pocket] = EMPTY;
				} else {
					const steeper = slopes[pocket]! - slope * worth;
					steepest = Math.max(steepest, Math.abs(slope * worth), Math.abs(steeper));
					const child = add(pocket, purchase, worth, money[pocket]! - price * worth, steeper);
					// Not in one line: adding may put larger arrays in place.
					children[pocket] = child;
				}
				next += 1;
			}
			if (next === first) continue;
			for (let index = 0; index < groups.length; index++) {
				const group = groups[index]!;
				const pocket = pocketOf[group]!;
				if (pocket !== EMPTY) pocketOf[group] = children[pocket]!;
			}
		}
	}

	return {
		fill,
		gather,
		pay,
		money: (pocket: number): number => money[pocket]!,
		slope: (pocket: number): number => slopes[pocket]!,
		/** By how much the double of a pocket's money may be off: each payment on its path rounds a price, a product and a
		 * difference, none of them larger than the share. */
		moneyError: (): number => (3 * depth + 4) * ROUNDING * share,
		/** No slope met so far, of what pockets hold or of what they paid, is larger. */
		steepest: (): number => steepest,
		slopeError: (): number => (3 * depth + 4) * ROUNDING * steepest,
		/** Adds `weight` times what a pocket paid for each purchase, in units of worth, to `paid`. */
		addPath(pocket: number, weight: number, paid: Float64Array): void {
			for (let at = pocket; at > FULL; at = parents[at]!) paid[purchases[at]!]! += weight * worths[at]!;
		},
	};
}

export type Pockets = ReturnType<typeof openPockets>;

function copyInto<Type extends Int32Array | Float64Array>(larger: Type, items: Type): Type {
	larger.set(items);
	return larger;
}
