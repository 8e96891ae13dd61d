import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBallotBox } from './ballot-box.ts';
import { compareByTieRule, countVoters, type Election, type Mention } from './election.ts';
import { openEqualShares } from './equal-shares/run.ts';
import { indexSupporters, type Utility } from './equal-shares/supporters.ts';
import { countElection, doesRuleApply, TALLY_RULE_NAMES } from './rules.ts';

type Ballot = readonly Mention[];
type Case = {
	readonly costs: readonly bigint[];
	readonly budget: bigint;
	readonly ballots: readonly Ballot[];
};

function toElection({ costs, budget, ballots }: Case, isApproval: boolean): Election {
	const box = openBallotBox(costs.length);
	for (const ballot of ballots) {
		const mentions = ballot.map(({ option, worth }) => ({ option, worth: isApproval ? 1 : worth }));
		box.add(
			1,
			mentions.map(({ option }) => option),
			mentions,
		);
	}
	return {
		options: costs.map((cost, place) => ({ id: `p${place}`, cost })),
		budget,
		moneyUnit: 1n,
		pointUnit: 1n,
		isApproval,
		...box.contents(),
	};
}

/** Few voters, few options, small numbers: ties, equal prices and empty pockets are the rule, not the exception. */
const cases = fc.integer({ min: 1, max: 6 }).chain((count) =>
	fc.record({
		costs: fc.array(fc.bigInt({ min: 0n, max: 12n }), { minLength: count, maxLength: count }),
		budget: fc.bigInt({ min: 1n, max: 25n }),
		ballots: fc.array(
			fc.uniqueArray(
				fc.record({ option: fc.nat({ max: count - 1 }), worth: fc.integer({ min: 1, max: 4 }) }),
				{ selector: ({ option }) => option, maxLength: count },
			),
			{ maxLength: 8 },
		),
	}),
);

const both = [true, false];
const byId = (election: Election, places: readonly number[]) =>
	places.map((place) => election.options[place]!.id);

describe('whatever the election', () => {
	it('no rule spends more than the budget, and what it spends is what the winners cost', () => {
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(...both),
				fc.constantFrom(...TALLY_RULE_NAMES),
				(input, kind, rule) => {
					const election = toElection(input, kind);
					fc.pre(doesRuleApply(rule, election));
					const { winners, spent } = countElection(election, rule);
					expect(spent <= election.budget).toBe(true);
					expect(winners.reduce((sum, place) => sum + election.options[place]!.cost, 0n)).toBe(spent);
					expect(new Set(winners).size).toBe(winners.length);
				},
			),
			{ numRuns: 600 },
		);
	});

	it('neither the order of voters nor blank ballots change an outcome', () => {
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(...both),
				fc.constantFrom(...TALLY_RULE_NAMES),
				(input, kind, rule) => {
					const election = toElection(input, kind);
					fc.pre(doesRuleApply(rule, election));
					const other = toElection({ ...input, ballots: [[], ...input.ballots.toReversed(), []] }, kind);
					const [first, second] = [countElection(election, rule), countElection(other, rule)];
					expect(second.winners).toEqual(first.winners);
					expect(other.blank).toBe(election.blank + 2);
				},
			),
			{ numRuns: 400 },
		);
	});

	it('the order of options changes an outcome only through the tie rule', () => {
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(...both),
				fc.constantFrom(...TALLY_RULE_NAMES),
				(input, kind, rule) => {
					// No two options of one cost: then the tie rule never asks for the place.
					const costs = input.costs.map((_, place) => BigInt(place * 2 + 1));
					const last = costs.length - 1;
					const election = toElection({ ...input, costs }, kind);
					fc.pre(doesRuleApply(rule, election));
					const turned = toElection(
						{
							...input,
							costs: costs.toReversed(),
							ballots: input.ballots.map((ballot) =>
								ballot.map(({ option, worth }) => ({ option: last - option, worth })),
							),
						},
						kind,
					);
					const winners = byId(election, countElection(election, rule).winners);
					const there = countElection(turned, rule).winners.map((place) => `p${last - place}`);
					expect(there.sort()).toEqual(winners.sort());
				},
			),
			{ numRuns: 400 },
		);
	});
});

describe('equal shares', () => {
	/** The rule as docs/tally.md, 2 says it, with fractions of bigints and a round at a time; slow, and easy to trust. */
	function runPlainly(election: Election, utility: Utility, share: [bigint, bigint]) {
		const { counts, starts, options, worths } = election.support;
		const voters: { money: [bigint, bigint]; worthOf: Map<number, bigint> }[] = [];
		for (let group = 0; group < counts.length; group++) {
			const worthOf = new Map<number, bigint>();
			for (let index = starts[group]!; index < starts[group + 1]!; index++) {
				const place = options[index]!;
				const { cost } = election.options[place]!;
				worthOf.set(
					place,
					utility === 'cost' ? cost : utility === 'cardinality' ? 1n : BigInt(worths[index]!),
				);
			}
			for (let each = 0; each < counts[group]!; each++) voters.push({ money: share, worthOf });
		}
		const bought: number[] = [];
		let spent = 0n;
		let highest = 0;
		for (;;) {
			let best: { place: number; rho: [bigint, bigint] } | null = null;
			for (const [place, { cost }] of election.options.entries()) {
				if (cost === 0n || bought.includes(place)) continue;
				const payers = voters.filter(({ worthOf }) => worthOf.has(place));
				let due: [bigint, bigint] = [cost, 1n];
				let worth = payers.reduce((sum, { worthOf }) => sum + worthOf.get(place)!, 0n);
				payers.sort((a, b) =>
					compare(
						[a.money[0], a.money[1] * a.worthOf.get(place)!],
						[b.money[0], b.money[1] * b.worthOf.get(place)!],
					),
				);
				for (const { money, worthOf } of payers) {
					const rho: [bigint, bigint] = [due[0], due[1] * worth];
					if (compare([rho[0] * worthOf.get(place)!, rho[1]], money) <= 0) {
						const order = best === null ? -1 : compare(rho, best.rho);
						if (order < 0 || (order === 0 && compareByTieRule(election)(place, best!.place) < 0)) {
							best = { place, rho };
						}
						break;
					}
					due = minus(due, money);
					worth -= worthOf.get(place)!;
				}
			}
			if (best === null) return { bought, spent, voters, highest };
			bought.push(best.place);
			spent += election.options[best.place]!.cost;
			for (const voter of voters) {
				const worth = voter.worthOf.get(best.place);
				if (worth === undefined) continue;
				const price: [bigint, bigint] = [best.rho[0] * worth, best.rho[1]];
				voter.money = compare(price, voter.money) < 0 ? minus(voter.money, price) : [0n, 1n];
			}
			highest += 1;
			if (spent > election.budget) return { bought, spent, voters, highest };
		}
	}

	const compare = (first: [bigint, bigint], second: [bigint, bigint]): number => {
		const difference = first[0] * second[1] - second[0] * first[1];
		return difference === 0n ? 0 : difference > 0n ? 1 : -1;
	};
	const minus = (first: [bigint, bigint], second: [bigint, bigint]): [bigint, bigint] => [
		first[0] * second[1] - second[0] * first[1],
		first[1] * second[1],
	];

	const runs = fc.tuple(
		cases,
		fc.constantFrom<Utility>('cost', 'cardinality', 'points'),
		fc.bigInt({ min: 0n, max: 6n }),
	);

	it('buys what the rule written out plainly buys, and leaves nobody with less than nothing', () => {
		fc.assert(
			fc.property(runs, ([input, utility, raise]) => {
				const election = toElection(input, utility !== 'points');
				const voters = BigInt(countVoters(election));
				fc.pre(voters > 0n);
				const run = openEqualShares(indexSupporters(election, utility), compareByTieRule(election));
				const plain = runPlainly(election, utility, [election.budget + raise * voters, voters]);
				const fast = run(election.budget, raise, 'explained');
				expect(fast.bought).toEqual(plain.bought);
				expect(fast.spent).toBe(plain.spent);
				for (const { money } of plain.voters) expect(money[0] >= 0n).toBe(true);
				for (const { highestPayment } of fast.purchases) {
					const payment: [bigint, bigint] = [highestPayment.numerator, highestPayment.denominator];
					expect(compare(payment, [election.budget + raise * voters, voters])).toBeLessThanOrEqual(0);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('promises no horizon within which a raise would change what is bought', () => {
		// At a raise of 1 option 0 takes all its two supporters hold, to the last unit: its price is known exactly and its
		// bound is still the first one, which no raise lowers. At a raise of 2 it is as cheap as option 2.
		const dearerAtOnce: [Case, Utility, bigint] = [
			{
				costs: [6n, 1n, 3n, 1n, 0n],
				budget: 6n,
				ballots: [
					[
						{ option: 1, worth: 4 },
						{ option: 3, worth: 2 },
						{ option: 0, worth: 1 },
					],
					[
						{ option: 2, worth: 1 },
						{ option: 3, worth: 4 },
						{ option: 1, worth: 1 },
						{ option: 0, worth: 1 },
					],
				],
			},
			'points',
			1n,
		];
		fc.assert(
			fc.property(runs, ([input, utility, raise]) => {
				const election = toElection(input, utility !== 'points');
				fc.pre(countVoters(election) > 0);
				const run = openEqualShares(indexSupporters(election, utility), compareByTieRule(election));
				const { bought, horizon, isOverspent } = run(election.budget, raise, 'outcome');
				fc.pre(!isOverspent);
				for (let more = 1n; Number(more) < Math.min(horizon, 12); more++) {
					expect(run(election.budget, raise + more, 'outcome').bought).toEqual(bought);
				}
			}),
			{ numRuns: 600, examples: [[dearerAtOnce]] },
		);
	});
});
