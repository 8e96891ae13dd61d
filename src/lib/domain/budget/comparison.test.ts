import { describe, expect, it } from 'vitest';
import { tenge } from '../base/tenge.ts';
import { compareColumns, executedChange } from './comparison.ts';
import type { BudgetKind, LineKind } from './words.ts';

const line = (kind: LineKind, code: string, amount: bigint) => ({ kind, code, amount: tenge(amount) });

describe('years side by side', () => {
	it('have a row for every line that one of them names, and a gap where another does not', () => {
		const rows = compareColumns([
			{ key: 2023, lines: [line('expenditure', '07', 5n), line('revenue', '1', 9n)] },
			{ key: 2024, lines: [line('expenditure', '04', 3n), line('expenditure', '07', 6n)] },
		]);
		expect(rows).toEqual([
			{ kind: 'revenue', code: '1', amounts: [9n, null] },
			{ kind: 'expenditure', code: '04', amounts: [null, 3n] },
			{ kind: 'expenditure', code: '07', amounts: [5n, 6n] },
		]);
	});

	it('keep an amount of zero apart from one that is not named', () => {
		const [row] = compareColumns([
			{ key: 'a', lines: [line('expenditure', '15', 0n)] },
			{ key: 'b', lines: [] },
		]);
		expect(row?.amounts).toEqual([0n, null]);
	});
});

describe('the change of an amount', () => {
	const year = (fiscalYear: number, amount: bigint, kind: BudgetKind = 'executed') => ({
		fiscalYear,
		kind,
		amount: tenge(amount),
	});
	const change = (first: bigint, last: bigint) =>
		executedChange([year(2024, last), year(2022, first)])?.thousandths;

	it('goes from the first execution to the last, whatever plans stand around them', () => {
		const years = [
			year(2021, 1n, 'approved'),
			year(2022, 1000n),
			year(2023, 9000n),
			year(2024, 1250n),
			year(2025, 9n, 'amended'),
		];
		expect(executedChange(years)).toEqual({ first: 2022, last: 2024, thousandths: 250 });
	});

	it('is rounded half away from zero', () => {
		expect(change(2000n, 2001n)).toBe(1);
		expect(change(2000n, 1999n)).toBe(-1);
		expect(change(3000n, 3001n)).toBe(0);
		expect(change(1000n, 500n)).toBe(-500);
	});

	it('is not known of a plan, of one year, or from nothing', () => {
		expect(executedChange([year(2022, 5n), year(2025, 6n, 'approved')])).toBeNull();
		expect(executedChange([])).toBeNull();
		expect(change(0n, 7n)).toBeUndefined();
	});

	it('is right at 10^15 tenge', () => {
		expect(change(10n ** 15n, 3n * 10n ** 15n)).toBe(2000);
		expect(change(10n ** 15n, 10n ** 15n + 1n)).toBe(0);
	});
});
