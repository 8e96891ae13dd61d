import { dayAfter, type CivilDate } from '../base/time.ts';
import { SMALLEST_CELL } from './smallest-cell.ts';

/** How much happened on a day; days on which nothing did may be left out. */
export type DayCount = { readonly day: CivilDate; readonly count: number };

/** Neighbouring days counted together, both ends included. */
export type Period = { readonly from: CivilDate; readonly to: CivilDate; readonly count: number };

/**
 * Cuts a series of days into periods of which each counts five or more. A period ends with the first day that brings it
 * to five; what comes after the last end waits. Because a day is never looked at again once its period has ended, more
 * days only add periods: no later release can cut an earlier one anew, and no two releases differ by less than five.
 */
export function closePeriods(from: CivilDate, days: readonly DayCount[]): readonly Period[] {
	return cut(from, days).closed;
}

/**
 * The same for a vote, which ends: its last few ballots must not wait for ever, nor be found by taking the published
 * periods from the result. So the newest period is held back until the next one has ended; when voting is over, what
 * is left joins it, and all periods together count every ballot. A vote with fewer than five has no period.
 * @param endedOn the last day of voting once it has passed, else null.
 */
export function closeVotingPeriods(
	from: CivilDate,
	days: readonly DayCount[],
	endedOn: CivilDate | null,
): readonly Period[] {
	const { closed, waiting } = cut(from, days);
	const heldBack = closed.at(-1);
	if (heldBack === undefined) return [];
	const earlier = closed.slice(0, -1);
	if (endedOn === null) return earlier;
	return [...earlier, { from: heldBack.from, to: endedOn, count: heldBack.count + waiting }];
}

function cut(from: CivilDate, days: readonly DayCount[]): { closed: Period[]; waiting: number } {
	const closed: Period[] = [];
	let first = from;
	let waiting = 0;
	for (const { day, count } of days) {
		waiting += count;
		if (waiting < SMALLEST_CELL) continue;
		closed.push({ from: first, to: day, count: waiting });
		first = dayAfter(day);
		waiting = 0;
	}
	return { closed, waiting };
}
