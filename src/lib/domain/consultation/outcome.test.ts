import { describe, expect, it } from 'vitest';
import { firstPlaces, isSecrecyThin } from './outcome.ts';

describe('the first place', () => {
	it('may be shared', () => {
		const options = [
			{ votes: 5, rank: 1 },
			{ votes: 5, rank: 1 },
			{ votes: 1, rank: 3 },
		];
		expect(firstPlaces(options)).toEqual(options.slice(0, 2));
	});

	it('is nobody’s when no option has a vote', () => {
		expect(firstPlaces([{ votes: 0, rank: 1 }])).toEqual([]);
	});
});

it('calls the secrecy of fewer than twenty ballots thin', () => {
	expect([0, 19, 20].map(isSecrecyThin)).toEqual([true, true, false]);
});
