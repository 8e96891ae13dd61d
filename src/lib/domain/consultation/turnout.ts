import type { Phase } from './phase.ts';

/** Below this a number of voters says too much about single ones while others may still vote. */
const FEWEST_SHOWN = 5;

/**
 * How many people have voted, as the public may see it: while voting is open a small number stays unsaid (null); once it
 * has ended the number is part of the result and exact.
 */
export function publicTurnout(people: number, phase: Phase): number | null {
	const isOpen = phase === 'preparation' || phase === 'discussion' || phase === 'voting';
	return isOpen && people < FEWEST_SHOWN ? null : people;
}
