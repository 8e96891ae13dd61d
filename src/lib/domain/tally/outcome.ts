import type { Fraction } from '../base/fraction.ts';

/** How an option came to be bought, or why it was not. Money is in the election's smallest units. */
export type Fate =
	/** No voter supports it: it never wins. */
	| { readonly kind: 'unsupported' }
	/** `totals` buys nothing: the order is the result. */
	| { readonly kind: 'ranked' }
	/** Greedy: its turn came while enough was left. */
	| { readonly kind: 'fitted'; readonly left: bigint }
	/** Greedy: when its turn came only this was left. */
	| { readonly kind: 'did_not_fit'; readonly left: bigint }
	/** Equal shares: its supporters paid for it. Round 0 is for what costs nothing. */
	| {
			readonly kind: 'bought';
			readonly round: number;
			/** What each supporter pays for one unit of worth, at most. */
			readonly rho: Fraction;
			/** Supporters who paid rho times its worth; the others paid all that they had left. */
			readonly inFull: number;
			readonly highestPayment: Fraction;
	  }
	/** Equal shares: its supporters hold too little together. Completion may have added it for what was left. */
	| { readonly kind: 'not_affordable'; readonly moneyLeft: Fraction; readonly isCompletion: boolean };

export type Outcome = {
	/** Places of the winners in the order in which they were bought. */
	readonly winners: readonly number[];
	/** Sum of the winners' costs. */
	readonly spent: bigint;
	/** By place of the option. */
	readonly fates: readonly Fate[];
	/** Add1: by how many whole units of the currency the share of each voter was raised. */
	readonly raise: bigint | null;
};
