import { describe, expect, it } from 'vitest';
import { parseCivilDate } from '../base/time.ts';
import { growthDays, totalsAt } from './growth.ts';

const day = parseCivilDate;

describe('the days at which growth is drawn', () => {
	it('are a week apart and end with the last day', () => {
		expect(growthDays(day('2026-11-01'), day('2026-11-24'))).toEqual([
			'2026-11-03',
			'2026-11-10',
			'2026-11-17',
			'2026-11-24',
		]);
		expect(growthDays(day('2026-11-24'), day('2026-11-24'))).toEqual(['2026-11-24']);
	});

	it('are ends of months when there would be more than half a year of weeks', () => {
		const days = growthDays(day('2027-09-15'), day('2028-04-30'));
		expect(days).toEqual([
			'2027-09-30',
			'2027-10-31',
			'2027-11-30',
			'2027-12-31',
			'2028-01-31',
			'2028-02-29',
			'2028-03-31',
			'2028-04-30',
		]);
	});
});

describe('totals at a day', () => {
	const periods = [
		{ to: day('2026-11-03'), count: 5 },
		{ to: day('2026-11-09'), count: 12 },
	];

	it('take a period in on its last day', () => {
		const days = ['2026-11-02', '2026-11-03', '2026-11-08', '2026-11-09', '2026-11-20'].map(day);
		expect(totalsAt(days, periods)).toEqual([null, 5, 5, 17, 17]);
	});
});
