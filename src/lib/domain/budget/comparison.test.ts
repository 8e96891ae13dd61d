import { describe, expect, it } from 'vitest';
import { tenge } from '../base/tenge.ts';
import { changeBetween, compareColumns } from './comparison.ts';
import type { LineKind } from './words.ts';

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

describe('a change', () => {
	it('is the difference and its share of the earlier amount', () => {
		expect(changeBetween(tenge(1000n), tenge(1250n))).toEqual({ difference: 250n, thousandths: 250 });
		expect(changeBetween(tenge(1000n), tenge(500n))).toEqual({ difference: -500n, thousandths: -500 });
		expect(changeBetween(tenge(2000n), tenge(2001n)).thousandths).toBe(1);
		expect(changeBetween(tenge(2000n), tenge(1999n)).thousandths).toBe(-1);
	});

	it('has no share where there was nothing to grow from', () => {
		expect(changeBetween(tenge(0n), tenge(7n))).toEqual({ difference: 7n, thousandths: null });
	});

	it('is exact at 10^15 tenge', () => {
		const before = tenge(10n ** 15n);
		expect(changeBetween(before, tenge(before + 1n))).toEqual({ difference: 1n, thousandths: 0 });
		expect(changeBetween(before, tenge(3n * before)).thousandths).toBe(2000);
	});
});
