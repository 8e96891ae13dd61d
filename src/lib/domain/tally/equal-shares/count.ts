import { ZERO } from '#lib/domain/base/fraction.ts';
import { compareByTieRule, countVoters, inTieOrder, sumCosts, type Election } from '../election.ts';
import type { Fate, Outcome } from '../outcome.ts';
import { openEqualShares, type Run } from './run.ts';
import { indexSupporters, type Supporters, type Utility } from './supporters.ts';

/** Told after each run of Add1: how far the share of each voter is raised, and what part of the budget that spends. */
export type Progress = (raise: bigint, partSpent: number) => void;

/** Each voter gets an equal share of the budget, and options are bought by their supporters (docs/tally.md, 2). */
export function countByEqualShares(election: Election, utility: Utility): Outcome {
	if (countVoters(election) === 0) return nothingWins(election);
	const supporters = indexSupporters(election, utility);
	const run = openEqualShares(supporters, compareByTieRule(election));
	return tell(election, supporters, run(election.budget, 0n, 'explained'), null);
}

/**
 * Equal shares with raised shares, one whole unit of the currency after the other, until that would spend too much or
 * nothing more could be added; what is then left goes by greedy. Raises that cannot change the outcome are jumped over.
 */
export function countByEqualSharesWithAdd1(
	election: Election,
	utility: Utility,
	progress?: Progress,
): Outcome {
	if (countVoters(election) === 0) return { ...nothingWins(election), raise: 0n };
	const { budget, moneyUnit } = election;
	const supporters = indexSupporters(election, utility);
	const run = openEqualShares(supporters, compareByTieRule(election));

	let raise = 0n;
	let kept = run(budget, 0n, 'outcome');
	while (canMoreBeAdded(budget, supporters, kept)) {
		progress?.(raise, Number(kept.spent) / Number(budget));
		const next = raise + stepsTo(kept.horizon, moneyUnit);
		const raised = run(budget, next * moneyUnit, 'outcome');
		raise = next;
		if (raised.isOverspent) {
			raise -= 1n;
			break;
		}
		kept = raised;
	}
	return tell(election, supporters, run(budget, raise * moneyUnit, 'explained'), raise);
}

function nothingWins({ options }: Election): Outcome {
	return { winners: [], spent: 0n, fates: options.map(() => ({ kind: 'unsupported' })), raise: null };
}

/** Whether a supported option that was not bought would fit into what is left. */
function canMoreBeAdded(budget: bigint, { options }: Supporters, { bought, spent }: Run): boolean {
	const known = new Set(bought);
	return options.some(({ option, cost }) => cost > 0n && cost <= budget - spent && !known.has(option));
}

/** Whole units of raise to the next run that may turn out otherwise: at least one. */
function stepsTo(horizon: number, moneyUnit: bigint): bigint {
	const steps = Math.ceil(horizon / Number(moneyUnit));
	return steps > 1 ? BigInt(steps) : 1n;
}

function tell(election: Election, supporters: Supporters, run: Run, raise: bigint | null): Outcome {
	const { options, budget } = election;
	const fates = new Array<Fate>(options.length).fill({ kind: 'unsupported' });
	const free: number[] = [];
	for (const supported of supporters.options) {
		if (supported.cost > 0n) continue;
		free.push(supported.option);
		fates[supported.option] = {
			kind: 'bought',
			round: 0,
			rho: ZERO,
			inFull: supported.supporters,
			highestPayment: ZERO,
		};
	}
	for (const [index, { option, ...purchase }] of run.purchases.entries()) {
		fates[option] = { kind: 'bought', round: index + 1, ...purchase };
	}
	const byShares = [...free, ...run.bought];
	const completion =
		raise === null ? [] : complete(election, supporters, new Set(byShares), budget - run.spent);
	const completed = new Set(completion);
	for (const { option } of supporters.options) {
		if (fates[option]!.kind === 'bought') continue;
		const moneyLeft = run.moneyLeft(option);
		fates[option] = { kind: 'not_affordable', moneyLeft, isCompletion: completed.has(option) };
	}
	const winners = [...byShares, ...completion];
	return { winners, spent: sumCosts(election, winners), fates, raise };
}

/** Greedy on what is left: in tie order, each supported option that fits. */
function complete(
	election: Election,
	supporters: Supporters,
	bought: ReadonlySet<number>,
	left: bigint,
): number[] {
	const supported = new Set(supporters.options.map(({ option }) => option));
	const added: number[] = [];
	for (const option of inTieOrder(election)) {
		const { cost } = election.options[option]!;
		if (bought.has(option) || !supported.has(option) || cost > left) continue;
		added.push(option);
		left -= cost;
	}
	return added;
}
