import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, parseCivilDate, type CivilDate } from '../base/time.ts';
import { closePeriods, closeVotingPeriods, type DayCount, type Period } from './periods.ts';

const START = parseCivilDate('2026-02-26');

/** One count a day from the start, days without any left out, as the database gives them. */
function series(...counts: number[]): DayCount[] {
	return daysFrom(START, counts.length)
		.map((day, index) => ({ day, count: counts[index]! }))
		.filter(({ count }) => count > 0);
}

function daysFrom(first: CivilDate, length: number): CivilDate[] {
	const days = [first];
	while (days.length < length) days.push(dayAfter(days.at(-1)!));
	return days.slice(0, length);
}

function lastDay(length: number): CivilDate {
	return daysFrom(START, length).at(-1)!;
}

function written(periods: readonly Period[]): string[] {
	return periods.map(({ from, to, count }) => `${from.slice(5)}..${to.slice(5)} ${count}`);
}

const sum = (parts: readonly { count: number }[]) => parts.reduce((total, { count }) => total + count, 0);
const counts = fc.array(fc.oneof(fc.nat(3), fc.nat(12)), { minLength: 1, maxLength: 60 });

describe('closing periods', () => {
	it('adds days up until there are five, across the end of a month', () => {
		expect(written(closePeriods(START, series(2, 0, 1, 0, 4, 9, 3)))).toEqual([
			'02-26..03-02 7',
			'03-03..03-03 9',
		]);
	});

	it('has no period before there are five', () => {
		expect(closePeriods(START, series(4))).toEqual([]);
		expect(closePeriods(START, [])).toEqual([]);
	});

	it('never tells fewer than five, leaves no gap, and keeps back at most four', () => {
		fc.assert(
			fc.property(counts, (given) => {
				const days = series(...given);
				const periods = closePeriods(START, days);
				for (const [index, period] of periods.entries()) {
					expect(period.count).toBeGreaterThanOrEqual(5);
					expect(period.from).toBe(index === 0 ? START : dayAfter(periods[index - 1]!.to));
				}
				expect(sum(days) - sum(periods)).toBeLessThan(5);
			}),
		);
	});

	it('only adds periods when days are added, and may start after the last one it closed', () => {
		fc.assert(
			fc.property(counts, fc.nat(60), (given, cutAt) => {
				const earlier = closePeriods(START, series(...given.slice(0, cutAt)));
				const since = earlier.length === 0 ? START : dayAfter(earlier.at(-1)!.to);
				const later = closePeriods(
					since,
					series(...given).filter(({ day }) => day >= since),
				);
				expect([...earlier, ...later]).toEqual(closePeriods(START, series(...given)));
			}),
		);
	});
});

describe('closing the periods of a vote', () => {
	it('holds the newest period back while voting is open', () => {
		expect(written(closeVotingPeriods(START, series(6, 3, 4), null))).toEqual(['02-26..02-26 6']);
		expect(closeVotingPeriods(START, series(6, 3), null)).toEqual([]);
	});

	it('joins the last few ballots to it when voting is over', () => {
		expect(written(closeVotingPeriods(START, series(6, 3), lastDay(3)))).toEqual(['02-26..02-28 9']);
		expect(written(closeVotingPeriods(START, series(6, 3, 4, 1), lastDay(4)))).toEqual([
			'02-26..02-26 6',
			'02-27..03-01 8',
		]);
	});

	it('ends with the last day of voting whether or not anything was left, so that the end does not tell', () => {
		expect(written(closeVotingPeriods(START, series(6, 0, 0), lastDay(3)))).toEqual(['02-26..02-28 6']);
	});

	it('tells nothing of a vote with fewer than five ballots', () => {
		expect(closeVotingPeriods(START, series(2, 2), lastDay(2))).toEqual([]);
	});

	it('counts every ballot in the end, in periods of five or more, whatever was told before', () => {
		fc.assert(
			fc.property(counts, fc.nat(60), (given, cutAt) => {
				const days = series(...given);
				const before = closeVotingPeriods(START, series(...given.slice(0, cutAt)), null);
				const since = before.length === 0 ? START : dayAfter(before.at(-1)!.to);
				const rest = days.filter(({ day }) => day >= since);
				const periods = [...before, ...closeVotingPeriods(since, rest, lastDay(given.length))];
				for (const period of periods) expect(period.count).toBeGreaterThanOrEqual(5);
				expect(sum(periods)).toBe(sum(days) < 5 ? 0 : sum(days));
				expect(periods).toEqual(closeVotingPeriods(START, days, lastDay(given.length)));
			}),
		);
	});
});
