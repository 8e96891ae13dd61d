import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tenge } from '../base/tenge.ts';
import { parseLineCode } from './code.ts';
import { findSumFaults, toleranceOf, type CheckedBudget, type Totals } from './sums.ts';
import type { LineKind, TotalItem } from './words.ts';

const totals = (items: Partial<Record<TotalItem, bigint>>): Totals => items as Totals;
const line = (code: string, amount: bigint, kind: LineKind = 'expenditure') => ({
	...parseLineCode(kind, code)!,
	amount: tenge(amount),
});
const budget = (change: Partial<CheckedBudget>): CheckedBudget => ({
	kind: 'approved',
	grade: 'decision',
	totals: {},
	lines: [],
	...change,
});
const rules = (change: Partial<CheckedBudget>) => findSumFaults(budget(change)).map((fault) => fault.rule);

const revenueClasses = (...amounts: bigint[]) =>
	amounts.map((amount, index) => line(String(index + 1), amount, 'revenue'));

describe('the sums of a decision', () => {
	it('are kept by a whole one (Petropavlovsk, 9 July 2026, № 1/36)', () => {
		const kept = {
			revenues: 112_018_547_000n,
			expenditures: 110_000_000_000n,
			net_lending: -350_000_000n,
			balance: 2_368_547_000n,
			financing: -2_368_547_000n,
		};
		expect(rules({ totals: totals(kept) })).toEqual([]);
		expect(rules({ totals: totals({ ...kept, balance: 2_368_547_001n }) })).toEqual([
			'balance_is_what_remains',
			'financing_covers_balance',
		]);
	});

	it('name the item that is contradicted, what it says and what its parts make', () => {
		const faults = findSumFaults(
			budget({ totals: totals({ revenues: 10n }), lines: revenueClasses(1n, 2n, 3n, 5n) }),
		);
		expect(faults).toEqual([
			{ rule: 'revenue_is_sum_of_classes', about: 'revenues', stated: 10n, summed: 11n },
		]);
	});

	it('are not asked of revenue of which some classes were not read', () => {
		expect(rules({ totals: totals({ revenues: 10n }), lines: revenueClasses(1n, 2n) })).toEqual([]);
	});

	it('need groups that make the expenditure', () => {
		const lines = [line('04', 60n), line('07', 40n)];
		expect(rules({ totals: totals({ expenditures: 100n }), lines })).toEqual([]);
		expect(rules({ totals: totals({ expenditures: 101n }), lines })).toEqual([
			'expenditure_is_sum_of_groups',
		]);
	});

	it('need children that make their parent, on every level', () => {
		const lines = [line('07', 100n), line('07.1', 100n), line('07.1.373', 60n), line('07.1.352', 39n)];
		expect(findSumFaults(budget({ lines }))).toEqual([
			{ rule: 'parent_is_sum_of_children', about: '07.1', stated: 100n, summed: 99n },
		]);
	});

	it('count nothing twice: nested levels are not added to the groups', () => {
		const lines = [line('07', 100n), line('07.1', 100n), line('458-012', 30n)];
		expect(rules({ totals: totals({ expenditures: 100n }), lines })).toEqual([]);
	});

	it('are contradicted by a line whose parent is not there', () => {
		expect(rules({ lines: [line('07.1', 5n)] })).toEqual(['parent_is_missing']);
		expect(rules({ kind: 'executed', grade: 'portal', lines: [line('07.1', 5n)] })).toEqual([
			'parent_is_missing',
		]);
	});

	it.each([
		['financing_is_its_parts', { financing: 7n, loans: 10n, loan_repayment: 5n, balances_used: 1n }],
		['net_lending_is_its_parts', { net_lending: 1n, credits: 10n, credit_repayment: 8n }],
		['financial_assets_are_their_parts', { financial_assets: 1n, assets_acquired: 10n, assets_sold: 8n }],
		['financial_assets_are_their_parts', { financial_assets: 9n, assets_acquired: 10n }],
	])('check that %s', (rule, items) => {
		expect(rules({ totals: totals(items) })).toEqual([rule]);
	});
});

describe('the tolerance', () => {
	it('is nothing for a plan and 7 tenge for an execution, rounded line by line', () => {
		expect(toleranceOf('approved')).toBe(0n);
		const lines = [line('04', 60n), line('07', 40n)];
		const executed = (expenditures: bigint) =>
			rules({ kind: 'executed', grade: 'portal', totals: totals({ expenditures }), lines });
		expect(executed(107n)).toEqual([]);
		expect(executed(93n)).toEqual([]);
		expect(executed(108n)).toEqual(['expenditure_is_sum_of_groups']);
		expect(executed(92n)).toEqual(['expenditure_is_sum_of_groups']);
	});

	it('does not ask the bulletin for its balance, which counts net lending that it does not publish', () => {
		const items = totals({ revenues: 100n, expenditures: 80n, balance: 5n });
		expect(rules({ kind: 'executed', grade: 'bulletin', totals: items })).toEqual([]);
		expect(rules({ kind: 'executed', grade: 'portal', totals: items })).toEqual(['balance_is_what_remains']);
	});

	it('asks nothing of a press report, which rounds', () => {
		expect(
			rules({ grade: 'report', totals: totals({ expenditures: 100n }), lines: [line('04', 7n)] }),
		).toEqual([]);
	});
});

describe('amounts of 10^15 tenge and more', () => {
	const large = fc.bigInt({ min: 10n ** 15n, max: 10n ** 18n });

	it('are summed to the last tenge, where numbers of 53 bits would not see the difference', () => {
		fc.assert(
			fc.property(fc.array(large, { minLength: 2, maxLength: 9 }), (amounts) => {
				const lines = amounts.map((amount, index) => line(`0${index + 1}`, amount));
				const sum = amounts.reduce((total, amount) => total + amount);
				expect(rules({ totals: totals({ expenditures: sum }), lines })).toEqual([]);
				expect(rules({ totals: totals({ expenditures: sum + 1n }), lines })).toEqual([
					'expenditure_is_sum_of_groups',
				]);
			}),
		);
	});
});
