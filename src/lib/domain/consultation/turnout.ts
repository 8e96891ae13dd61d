import type { Phase } from './phase.ts';

/**
 * How many people have voted, as the public may see it. While voting is open it is what statistics have published, a day
 * or more behind: a number that is true at every moment would tell when each single person votes. Once voting has ended
 * it is part of the result and exact.
 */
export function publicTurnout<Told>(exact: number, published: Told, phase: Phase): number | Told {
	const isAhead = phase === 'preparation' || phase === 'discussion' || phase === 'voting';
	return isAhead ? published : exact;
}
