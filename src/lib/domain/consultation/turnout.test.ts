import { describe, expect, it } from 'vitest';
import { PHASES } from './phase.ts';
import { publicTurnout } from './turnout.ts';

describe('publicTurnout', () => {
	it('is what statistics have published while voting is open, then exact', () => {
		expect(PHASES.map((phase) => publicTurnout(39, 35, phase))).toEqual([35, 35, 35, 39, 39, 39]);
	});

	it('is nothing while nothing is published, however many have voted', () => {
		expect(publicTurnout(9, null, 'voting')).toBeNull();
	});
});
