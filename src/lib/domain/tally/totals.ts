import { countSupporters, type Election } from './election.ts';
import type { Outcome } from './outcome.ts';

/** Votes and scores; it buys nothing. */
export function countTotals(election: Election): Outcome {
	const supporters = countSupporters(election);
	return {
		winners: [],
		spent: 0n,
		fates: supporters.map((count) => ({ kind: count > 0 ? 'ranked' : 'unsupported' })),
		raise: null,
	};
}
