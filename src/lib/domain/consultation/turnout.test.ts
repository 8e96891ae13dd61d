import { describe, expect, it } from 'vitest';
import { publicTurnout } from './turnout.ts';

describe('publicTurnout', () => {
	it('keeps a small number to itself while voting is open', () => {
		expect([0, 1, 4, 5, 1000].map((people) => publicTurnout(people, 'voting'))).toEqual([
			null,
			null,
			null,
			5,
			1000,
		]);
	});

	it('is exact once voting has ended', () => {
		expect(publicTurnout(0, 'counting')).toBe(0);
		expect(publicTurnout(4, 'answering')).toBe(4);
		expect(publicTurnout(3, 'closed')).toBe(3);
	});
});
