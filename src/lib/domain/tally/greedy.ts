import { signOf } from '../base/fraction.ts';
import { compareByTieRule, countSupporters, inTieOrder, type Election } from './election.ts';
import type { Fate, Outcome } from './outcome.ts';

/** Takes the options in tie order and buys each that still fits; those that do not are passed over. */
export function countGreedily(election: Election): Outcome {
	return buyInOrder(election, inTieOrder(election));
}

/** The same in the order of points per money: what costs nothing first, equal densities by the tie rule. */
export function countGreedilyByDensity(election: Election): Outcome {
	const { options, scores } = election;
	const byTieRule = compareByTieRule(election);
	const byDensity = (first: number, second: number): number => {
		const cost = options[first]!.cost;
		const otherCost = options[second]!.cost;
		if (cost === 0n || otherCost === 0n) return Number(cost !== 0n) - Number(otherCost !== 0n);
		return signOf(scores[second]! * cost - scores[first]! * otherCost);
	};
	const order = Array.from(options.keys()).sort(
		(first, second) => byDensity(first, second) || byTieRule(first, second),
	);
	return buyInOrder(election, order);
}

function buyInOrder(election: Election, order: readonly number[]): Outcome {
	const { options, budget } = election;
	const supporters = countSupporters(election);
	const winners: number[] = [];
	const fates = new Array<Fate>(options.length);
	let left = budget;
	for (const option of order) {
		const { cost } = options[option]!;
		if (supporters[option] === 0) {
			fates[option] = { kind: 'unsupported' };
		} else if (cost > left) {
			fates[option] = { kind: 'did_not_fit', left };
		} else {
			fates[option] = { kind: 'fitted', left };
			winners.push(option);
			left -= cost;
		}
	}
	return { winners, spent: budget - left, fates, raise: null };
}
