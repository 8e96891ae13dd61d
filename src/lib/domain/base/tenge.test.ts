import { describe, expect, it } from 'vitest';
import { perHead, shareInThousandths, sumTenge, tenge } from './tenge.ts';

const QUADRILLION = 10n ** 15n;

describe('sumTenge', () => {
	it('is exact where floating point is not', () => {
		const amounts = Array.from({ length: 30 }, () => tenge(QUADRILLION + 1n));
		expect(sumTenge(amounts)).toBe(30n * QUADRILLION + 30n);
		expect(sumTenge([])).toBe(0n);
	});
});

describe('perHead', () => {
	it.each([
		[10n, 4, 3n],
		[9n, 4, 2n],
		[-10n, 4, -3n],
		[0n, 4, 0n],
		[QUADRILLION, 3, 333_333_333_333_333n],
		[2n * QUADRILLION, 3, 666_666_666_666_667n],
	])('divides %d tenge among %d people into %d each, half away from zero', (amount, people, each) => {
		expect(perHead(tenge(amount), people)).toBe(each);
	});

	it.each([0, -1, 1.5, Number.NaN])('refuses to divide among %d people', (people) => {
		expect(() => perHead(tenge(1n), people)).toThrow(RangeError);
	});
});

describe('shareInThousandths', () => {
	it.each([
		[287n, 1000n, 287],
		[-287n, 1000n, -287],
		[1n, 2000n, 1],
		[-1n, 2000n, -1],
		[1n, 2001n, 0],
		[0n, 5n, 0],
		[3n, 2n, 1500],
		[QUADRILLION - 1n, QUADRILLION, 1000],
		[QUADRILLION / 3n, QUADRILLION, 333],
	])('says of %d in %d: %d, half away from zero', (part, whole, share) => {
		expect(shareInThousandths(tenge(part), tenge(whole))).toBe(share);
	});

	it('knows no share of nothing, nor of a negative whole', () => {
		expect(shareInThousandths(tenge(5n), tenge(0n))).toBeNull();
		expect(shareInThousandths(tenge(5n), tenge(-5n))).toBeNull();
	});
});
