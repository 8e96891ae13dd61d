import { countByEqualShares, countByEqualSharesWithAdd1, type Progress } from './equal-shares/count.ts';
import type { Election } from './election.ts';
import { countGreedily, countGreedilyByDensity } from './greedy.ts';
import type { Outcome } from './outcome.ts';
import { countTotals } from './totals.ts';

/** How votes become an outcome (docs/tally.md, 2). */
type TallyRule = {
	/** Cost and cardinality ask who supports an option, points how much: each fits one sort of ballot. */
	readonly appliesTo: 'any' | 'approval' | 'points';
	readonly count: (election: Election, progress?: Progress) => Outcome;
};

/** One rule a line. */
const TALLY_RULES = {
	totals: { appliesTo: 'any', count: countTotals },
	greedy: { appliesTo: 'any', count: countGreedily },
	'greedy-density': { appliesTo: 'any', count: countGreedilyByDensity },
	'mes-cost': { appliesTo: 'approval', count: (election) => countByEqualShares(election, 'cost') },
	'mes-cost+add1u': {
		appliesTo: 'approval',
		count: (election, progress) => countByEqualSharesWithAdd1(election, 'cost', progress),
	},
	'mes-cardinality': {
		appliesTo: 'approval',
		count: (election) => countByEqualShares(election, 'cardinality'),
	},
	'mes-cardinality+add1u': {
		appliesTo: 'approval',
		count: (election, progress) => countByEqualSharesWithAdd1(election, 'cardinality', progress),
	},
	'mes-points': { appliesTo: 'points', count: (election) => countByEqualShares(election, 'points') },
	'mes-points+add1u': {
		appliesTo: 'points',
		count: (election, progress) => countByEqualSharesWithAdd1(election, 'points', progress),
	},
} as const satisfies Readonly<Record<string, TallyRule>>;

export type TallyRuleName = keyof typeof TALLY_RULES;

export const TALLY_RULE_NAMES = Object.keys(TALLY_RULES) as readonly TallyRuleName[];

export function isTallyRuleName(text: string): text is TallyRuleName {
	return Object.hasOwn(TALLY_RULES, text);
}

export function doesRuleApply(rule: TallyRuleName, { isApproval }: Election): boolean {
	const { appliesTo } = TALLY_RULES[rule];
	return appliesTo === 'any' || (appliesTo === 'approval') === isApproval;
}

export function countElection(election: Election, rule: TallyRuleName, progress?: Progress): Outcome {
	return (TALLY_RULES[rule] as TallyRule).count(election, progress);
}
