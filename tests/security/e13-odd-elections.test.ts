import { describe, expect, it } from 'vitest';
import { doesRuleApply, TALLY_RULE_NAMES, type TallyRuleName } from '#lib/domain/tally/rules.ts';
import { countFile, countRead, readText, writeFile } from '#tests/support/pabulib.ts';

type File = Parameters<typeof writeFile>[0];

const MANY = Array.from({ length: 1_000 }, (_, index) => index);

/** By what is odd: the file, and what greedy buys of it, where the file alone decides. */
const ELECTIONS: Readonly<Record<string, { readonly file: File; readonly greedy?: readonly string[] }>> = {
	'nobody voted': { file: { options: ['A;1'], ballots: [] }, greedy: [] },
	'all ballots are blank': { file: { options: ['A;1'], ballots: ['', '', ''] }, greedy: [] },
	'one voter': { file: { options: ['A;1', 'B;2'], ballots: ['B'] }, greedy: ['B'] },
	'every option costs more than there is': {
		file: { budget: '1', options: ['A;2', 'B;3'], ballots: ['A', 'A,B'] },
		greedy: [],
	},
	'all are tied': {
		file: {
			budget: '21',
			options: MANY.map((index) => `p${index};7`),
			ballots: [MANY.map((index) => `p${index}`).join()],
		},
		greedy: ['p0', 'p1', 'p2'],
	},
	'one tenge beside 10^15': {
		file: { budget: '1000000000000000', options: ['A;999999999999999', 'B;1'], ballots: ['A,B'] },
		greedy: ['B', 'A'],
	},
	'nothing costs anything': { file: { options: ['A;0', 'B;0'], ballots: ['A', 'A,B'] }, greedy: ['A', 'B'] },
	'a thousand options of different costs': {
		file: {
			budget: '5000',
			options: MANY.map((index) => `p${index};${index + 1}`),
			ballots: MANY.slice(0, 50).map((index) => `p${index},p${(index * 7) % 1_000},p${999 - index}`),
		},
	},
};

describe.each(Object.entries(ELECTIONS))('E13 an election in which %s', (_, { file, greedy }) => {
	const read = readText(writeFile(file));
	const rules = TALLY_RULE_NAMES.filter((rule) => doesRuleApply(rule, read.election));

	it('has an outcome by every rule, within the budget and without a number that is none', () => {
		expect(rules.length).toBeGreaterThan(4);
		for (const rule of rules) {
			const report = countRead(read, rule);
			expect(JSON.stringify(report), rule).not.toMatch(/NaN|Infinity|undefined|null/);
			expect(Number(report.spent), rule).toBeLessThanOrEqual(Number(file.budget ?? 20));
			expect(new Set(report.winners).size, rule).toBe(report.winners.length);
		}
	});

	// Red without the last words of `compareByTieRule` in tally/election.ts.
	it('has the same outcome each time, and the one that the rule promises', () => {
		for (const rule of rules)
			expect(countRead(read, rule), rule).toEqual(countRead(readText(writeFile(file)), rule));
		if (greedy) expect(countFile(file, 'greedy' satisfies TallyRuleName).winners).toEqual(greedy);
	});
});

it('E13 a budget of nothing is refused where the file is read', () => {
	expect(() => readText(writeFile({ budget: '0', options: ['A;1'], ballots: ['A'] }))).toThrow(/not above 0/);
});
