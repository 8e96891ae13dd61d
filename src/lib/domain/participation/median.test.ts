import { describe, expect, it } from 'vitest';
import { medianOf } from './median.ts';
import { isTooSmall, suppressSmall } from './smallest-cell.ts';

describe('the middle of response times', () => {
	it('is the middle one of an odd number, whatever their order', () => {
		expect(medianOf([9, 1, 4, 30, 2])).toBe(4);
	});

	it('is between the middle two of an even number', () => {
		expect(medianOf([9, 1, 4, 30, 2, 7])).toBe(5.5);
	});

	it('sorts numbers as numbers', () => {
		expect(medianOf([100, 20, 3, 1000, 9])).toBe(20);
	});

	it('is not told for fewer than five', () => {
		expect(medianOf([1, 2, 3, 4])).toBeNull();
		expect(medianOf([])).toBeNull();
	});
});

describe('small counts', () => {
	it('keeps back fewer than five, nought as well', () => {
		expect([0, 1, 4, 5, 6].map(suppressSmall)).toEqual([null, null, null, 5, 6]);
	});

	it('finds a rest too small only when somebody is in it', () => {
		expect([0, 1, 4, 5].map(isTooSmall)).toEqual([false, true, true, false]);
	});
});
