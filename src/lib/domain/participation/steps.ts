import type { CivilDate } from '../base/time.ts';
import { isTooSmall, SMALLEST_CELL } from './smallest-cell.ts';

/** Comments told together, of a line or of the whole city: from this day to the last day that is published. */
export type Step = { readonly from: CivilDate; readonly count: number };

/**
 * Which lines may be told anew. A line is told when five or more comments on it have come since it was last told. But
 * all comments of the city are told as well, by period, so the lines that are not told can be had by subtraction: from
 * the periods since any day, take the steps that began since then. A step is put off, the smallest first, until no such
 * rest is between one and four. Putting off always helps: a rest from which no step is taken is a sum of periods.
 * Why this is enough is argued in docs/statistics.md; the attack test tries it.
 * @param periods of all comments of the city, up to the last published day.
 * @param told the steps of earlier releases.
 */
export function chooseSteps<S extends Step>(
	periods: readonly Step[],
	told: readonly Step[],
	candidates: readonly S[],
): readonly S[] {
	let chosen = candidates.filter((step) => step.count >= SMALLEST_CELL);
	for (;;) {
		const telltale = findTelltaleDay(periods, [...told, ...chosen]);
		if (telltale === null) return chosen;
		const putOff = smallestOf(chosen.filter((step) => step.from >= telltale));
		if (putOff === null) throw new Error('steps of earlier releases leave too small a rest');
		chosen = chosen.filter((step) => step !== putOff);
	}
}

/** A day from which on the rest is too small; null when there is none. */
function findTelltaleDay(periods: readonly Step[], steps: readonly Step[]): CivilDate | null {
	const changes = new Map<CivilDate, number>();
	for (const { from, count } of periods) changes.set(from, (changes.get(from) ?? 0) + count);
	for (const { from, count } of steps) changes.set(from, (changes.get(from) ?? 0) - count);
	let rest = 0;
	for (const day of [...changes.keys()].sort().reverse()) {
		rest += changes.get(day)!;
		if (isTooSmall(rest)) return day;
	}
	return null;
}

function smallestOf<S extends Step>(steps: readonly S[]): S | null {
	return steps.reduce<S | null>(
		(smallest, step) => (smallest === null || step.count < smallest.count ? step : smallest),
		null,
	);
}
