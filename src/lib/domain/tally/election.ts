import { signOf } from '../base/fraction.ts';

/** An option as far as counting goes. Its place in the list is the last word of the tie rule. */
export type CountedOption = {
	readonly id: string;
	/** In the election's smallest units of money. */
	readonly cost: bigint;
};

/** One mention of an option on a ballot. */
export type Mention = {
	/** Place of the option in the election's list. */
	readonly option: number;
	/** What the option is worth to the voter, in the election's smallest units of points; above 0 is support. */
	readonly worth: number;
};

/** Equal ballots, counted. */
export type BallotGroup = { readonly count: number; readonly mentions: readonly Mention[] };

/**
 * What supports what, laid out flat so that a million different ballots fit: group `g` has `counts[g]` equal ballots,
 * and supports `options[i]` with `worths[i]` for i from `starts[g]` to `starts[g + 1]`. Blank ballots are in no group.
 */
export type SupportGroups = {
	readonly counts: Int32Array;
	readonly starts: Int32Array;
	readonly options: Int32Array;
	readonly worths: Float64Array;
};

/**
 * All that a count needs to know, and nothing of who or where. Money and points are whole numbers of their smallest
 * units, so that every sum is exact: with a budget of 969245.38 the unit of money is 100.
 */
export type Election = {
	readonly options: readonly CountedOption[];
	readonly budget: bigint;
	/** How many smallest units make one unit of the currency: 10^decimals. Add1 raises by whole units. */
	readonly moneyUnit: bigint;
	/** How many smallest units make one point. */
	readonly pointUnit: bigint;
	/** Whether ballots only name options, or give them points. */
	readonly isApproval: boolean;
	/** Ballots that name the option, once each. */
	readonly votes: readonly number[];
	/** Sum of worths over all ballots, those below 0 included. */
	readonly scores: readonly bigint[];
	/** All ballots, and those of them that support no option. */
	readonly ballots: number;
	readonly blank: number;
	readonly support: SupportGroups;
};

/** Ballots that support at least one option: among them equal shares divide the budget. */
export function countVoters({ ballots, blank }: Election): number {
	return ballots - blank;
}

/** Voters who support each option. */
export function countSupporters({ options, support }: Election): number[] {
	const supporters = new Array<number>(options.length).fill(0);
	for (let group = 0; group < support.counts.length; group++) {
		for (let index = support.starts[group]!; index < support.starts[group + 1]!; index++) {
			supporters[support.options[index]!]! += support.counts[group]!;
		}
	}
	return supporters;
}

/** The tie rule, the same everywhere: higher score, then lower cost, then earlier in the list. A total order. */
export function compareByTieRule({ options, scores }: Election): (first: number, second: number) => number {
	return (first, second) =>
		signOf(scores[second]! - scores[first]!) ||
		signOf(options[first]!.cost - options[second]!.cost) ||
		first - second;
}

/** The options in tie order. */
export function inTieOrder(election: Election): number[] {
	return Array.from(election.options.keys()).sort(compareByTieRule(election));
}

export function sumCosts({ options }: Election, chosen: Iterable<number>): bigint {
	let sum = 0n;
	for (const option of chosen) sum += options[option]!.cost;
	return sum;
}
