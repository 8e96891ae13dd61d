import { countVoters, type Election } from '../election.ts';

/** What an option is worth to a supporter, for equal shares: docs/tally.md, 2. */
export type Utility = 'cost' | 'cardinality' | 'points';

/** Supporters of one option to whom it is worth the same. */
export type Level = { readonly worth: number; readonly groups: Int32Array };

/** One option and who supports it. */
export type SupportedOption = {
	readonly option: number;
	readonly cost: bigint;
	/** By falling worth. */
	readonly levels: readonly Level[];
	readonly supporters: number;
	/** Sum of worths over all supporters. */
	readonly worth: number;
	/** rho is the price of one unit of worth divided by this: with cost utility every supporter's worth is the cost. */
	readonly divisor: bigint;
};

/** An election turned round: by option instead of by ballot. */
export type Supporters = {
	readonly options: readonly SupportedOption[];
	/** Voters of each group of equal ballots. */
	readonly counts: Int32Array;
	readonly voters: number;
};

/**
 * With cost and cardinality utility an option is worth the same to all its supporters, so worth 1 stands for it and the
 * divisor for the rest; what the supporters pay is the same either way.
 *
 * @throws RangeError when worths add up to more than can be summed exactly in a double.
 */
export function indexSupporters(election: Election, utility: Utility): Supporters {
	const { counts, starts, options, worths } = election.support;
	const levels = election.options.map(() => new Map<number, number[]>());
	for (let group = 0; group < counts.length; group++) {
		for (let index = starts[group]!; index < starts[group + 1]!; index++) {
			const worth = utility === 'points' ? worths[index]! : 1;
			const byWorth = levels[options[index]!]!;
			const groups = byWorth.get(worth);
			if (groups) groups.push(group);
			else byWorth.set(worth, [group]);
		}
	}
	const supported: SupportedOption[] = [];
	for (const [option, byWorth] of levels.entries()) {
		if (byWorth.size === 0) continue;
		const { cost } = election.options[option]!;
		let supporters = 0;
		let worth = 0;
		for (const [each, groups] of byWorth) {
			let count = 0;
			for (const group of groups) count += counts[group]!;
			supporters += count;
			worth += count * each;
		}
		if (!Number.isSafeInteger(worth))
			throw new RangeError('the points of an option add up to more than 2^53');
		supported.push({
			option,
			cost,
			levels: Array.from(byWorth, ([each, groups]) => ({
				worth: each,
				groups: Int32Array.from(groups),
			})).sort((first, second) => second.worth - first.worth),
			supporters,
			worth,
			divisor: utility === 'cost' ? cost : 1n,
		});
	}
	return { options: supported, counts, voters: countVoters(election) };
}
