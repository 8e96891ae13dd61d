import { describe, expect, it } from 'vitest';
import { countFile } from '#tests/support/pabulib.ts';
import type { TallyRuleName } from './rules.ts';

/** Worked by hand. */
const APPROVAL = {
	options: ['A;10', 'B;9', 'C;6', 'D;5'],
	ballots: ['A,B', 'B,D', 'A,C', 'A,B,D', 'C'],
};
const CUMULATIVE = {
	type: 'cumulative',
	budget: '12',
	options: ['A;6', 'B;6', 'C;4'],
	ballots: ['A,B;3,1', 'A,C;1,3', 'B;4'],
};
const ORDINAL = { ...CUMULATIVE, type: 'ordinal', ballots: ['A,B', 'C,A,B', 'B'] };

const winnersOf = (...parameters: Parameters<typeof countFile>) =>
	[...countFile(...parameters).winners].sort();

describe('approval, worked by hand', () => {
	it.each<[TallyRuleName, string, string]>([
		['greedy', 'A B', '19'],
		['greedy-density', 'B C D', '20'],
		['mes-cost', 'B C', '15'],
		['mes-cardinality', 'C D', '11'],
		['mes-cost+add1u', 'B C D', '20'],
		['mes-cardinality+add1u', 'B C D', '20'],
	])('%s buys %s for %s, with a blank ballot or without', (rule, winners, spent) => {
		for (const ballots of [APPROVAL.ballots, [...APPROVAL.ballots, '']]) {
			const report = countFile({ ...APPROVAL, ballots }, rule);
			expect([...report.winners].sort()).toEqual(winners.split(' '));
			expect(report.spent).toBe(spent);
		}
	});

	it('ranks by the tie rule: higher score, lower cost, earlier in the file', () => {
		const { ranking, totals, winners, spent } = countFile(APPROVAL, 'totals');
		expect(ranking).toEqual(['B', 'A', 'D', 'C']);
		expect(totals).toMatchObject({ A: { votes: 3, score: '3' }, C: { votes: 2, score: '2' } });
		expect({ winners, spent }).toEqual({ winners: [], spent: '0' });
		expect(countFile({ ...APPROVAL, options: ['A;9', 'B;9', 'C;5', 'D;5'] }, 'totals').ranking).toEqual([
			'A',
			'B',
			'C',
			'D',
		]);
	});

	it('tells the price, the payments and what was left', () => {
		expect(countFile(APPROVAL, 'mes-cost').explain).toEqual({
			A: { supporters: 3, money_left: '3' },
			B: {
				round: 1,
				rho: '0.333333333333',
				supporters: 3,
				paid: '9',
				in_full: 3,
				highest_payment: '3',
			},
			C: { round: 2, rho: '0.5', supporters: 2, paid: '6', in_full: 2, highest_payment: '3' },
			D: { supporters: 2, money_left: '2' },
		});
	});

	it('raises shares by one whole unit at a time, and completes by greedy', () => {
		expect(countFile(APPROVAL, 'mes-cost+add1u')).toMatchObject({ steps: 1, bought_by_shares: 2 });
		expect(countFile(APPROVAL, 'mes-cardinality+add1u')).toMatchObject({ steps: 1, bought_by_shares: 3 });
	});
});

describe('points, worked by hand', () => {
	it.each<[TallyRuleName, typeof CUMULATIVE, string]>([
		['greedy', CUMULATIVE, 'A B'],
		['greedy-density', CUMULATIVE, 'B C'],
		['mes-points', CUMULATIVE, 'B C'],
		['greedy', ORDINAL, 'A C'],
		['mes-points', ORDINAL, 'B C'],
	])('%s', (rule, file, winners) => {
		expect(winnersOf(file, rule)).toEqual(winners.split(' '));
	});

	it('scores an order by the length of its own ballot, unless the file has points', () => {
		expect(countFile(ORDINAL, 'totals').totals).toMatchObject({
			A: { score: '4' },
			B: { score: '3' },
			C: { score: '3' },
		});
		const withPoints = { ...ORDINAL, ballots: ['A,B;3,2', 'C,A,B;3,2,1', 'B;3'] };
		expect(countFile(withPoints, 'totals').totals).toMatchObject({ A: { score: '5' }, B: { score: '6' } });
	});
});

it('buys with the last exact coin that doubles would lose', () => {
	const file = { budget: '11', options: ['A;5', 'B;2'], ballots: ['A,B', 'A', 'A'] };
	expect(winnersOf(file, 'mes-cost')).toEqual(['A', 'B']);
});

it('stops Add1 at the first raise that spends too much, though a later one would not', () => {
	const file = { budget: '5', options: ['A;3', 'B;7', 'C;2'], ballots: ['B', 'A,B,C'] };
	expect(countFile(file, 'mes-cardinality+add1u')).toMatchObject({ steps: 1, spent: '5' });
});

describe('at the edges', () => {
	const rules: TallyRuleName[] = ['greedy', 'greedy-density', 'mes-cost', 'mes-cost+add1u'];

	it.each(rules)('%s: nobody voted, or all ballots are blank: nothing wins', (rule) => {
		for (const ballots of [[], ['', '']]) {
			expect(countFile({ options: ['A;1'], ballots }, rule).winners).toEqual([]);
		}
	});

	it.each(rules)('%s: what costs nothing wins when somebody supports it', (rule) => {
		const file = { options: ['A;0', 'B;0', 'C;30'], ballots: ['A,C'] };
		expect(countFile(file, rule)).toMatchObject({ winners: ['A'], spent: '0' });
	});

	it('an option of round 0 is explained without a price', () => {
		const { explain } = countFile({ options: ['A;0'], ballots: ['A', 'A'] }, 'mes-cardinality');
		expect(explain).toEqual({
			A: { round: 0, rho: '0', supporters: 2, paid: '0', in_full: 2, highest_payment: '0' },
		});
	});

	it.each(rules)('%s: one voter, and amounts of 10^15 beside 1', (rule) => {
		const file = { budget: '1000000000000000', options: ['A;999999999999999', 'B;1'], ballots: ['A,B'] };
		expect(countFile(file, rule)).toMatchObject({ spent: '1000000000000000' });
	});

	it('all tied: the file decides', () => {
		const options = Array.from({ length: 1000 }, (_, index) => `p${index};7`);
		const ballots = [options.map((option) => option.slice(0, -2)).join()];
		expect(countFile({ budget: '21', options, ballots }, 'mes-cost').winners).toEqual(['p0', 'p1', 'p2']);
	});

	it('counts amounts with decimals exactly', () => {
		const file = { budget: '0,30', options: ['A;0.1', 'B;0.2'], ballots: ['A,B'] };
		expect(countFile(file, 'greedy').spent).toBe('0.3');
		expect(countFile(file, 'mes-cost').spent).toBe('0.3');
	});
});

describe('scoring', () => {
	const file = {
		type: 'scoring',
		budget: '10',
		meta: ['min_points;-3', 'max_points;3'],
		options: ['A;5', 'B;5', 'C;5'],
		ballots: ['A,B;3,-2', 'B,C;1,1', 'C;2'],
	};

	it('counts points below 0 in the score, and they support nothing', () => {
		const { totals, ranking } = countFile(file, 'totals');
		expect(totals).toEqual({
			A: { votes: 1, score: '3' },
			B: { votes: 2, score: '-1' },
			C: { votes: 2, score: '3' },
		});
		expect(ranking).toEqual(['A', 'C', 'B']);
		expect(countFile(file, 'mes-points').explain).toMatchObject({ B: { supporters: 1 } });
	});

	it('gives options that a ballot does not name the default score', () => {
		const { totals } = countFile({ ...file, meta: [...file.meta, 'default_score;0.5'] }, 'totals');
		expect(totals).toMatchObject({ A: { votes: 1, score: '4' }, C: { votes: 2, score: '3.5' } });
	});
});
