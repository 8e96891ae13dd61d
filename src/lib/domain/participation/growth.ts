import { dayAfter, daysBefore, type CivilDate } from '../base/time.ts';

const WEEK = 7;
/** Half a year of weeks still reads as one line; more days than that are told by the month. */
const WEEKS_MAX = 26;

/**
 * The days at which growth is drawn, evenly apart, so that a slow month is a flat one: every seventh day back from the
 * last, or the ends of months and the last day.
 */
export function growthDays(from: CivilDate, to: CivilDate): CivilDate[] {
	const weeks: CivilDate[] = [];
	for (let day = to; day >= from; day = daysBefore(day, WEEK)) weeks.unshift(day);
	return weeks.length <= WEEKS_MAX ? weeks : [...monthEnds(from, to), to];
}

function monthEnds(from: CivilDate, to: CivilDate): CivilDate[] {
	const ends: CivilDate[] = [];
	for (let day = from; day < to; day = dayAfter(day)) {
		if (dayAfter(day).endsWith('-01')) ends.push(day);
	}
	return ends;
}

/**
 * How much had been published up to each day: a period counts from its last day on. Null before the first period has
 * ended, when it may have been none or up to four.
 */
export function totalsAt(
	days: readonly CivilDate[],
	periods: readonly { readonly to: CivilDate; readonly count: number }[],
): (number | null)[] {
	return days.map((day) => {
		const ended = periods.filter((period) => period.to <= day);
		return ended.length === 0 ? null : ended.reduce((sum, period) => sum + period.count, 0);
	});
}
