import { describe, expect, it } from 'vitest';
import { dayAfter, daysBetween, parseCivilDate, readCivilDate } from './time.ts';

describe('days of the calendar', () => {
	it('goes on to the next day across months, years and leap days', () => {
		const next = (day: string) => dayAfter(parseCivilDate(day));
		expect(next('2026-11-24')).toBe('2026-11-25');
		expect(next('2026-12-31')).toBe('2027-01-01');
		expect(next('2028-02-28')).toBe('2028-02-29');
		expect(next('2026-02-28')).toBe('2026-03-01');
	});

	it('reads a day that there is, and no other text', () => {
		expect(readCivilDate('2028-02-29')).toBe('2028-02-29');
		for (const text of [
			'2026-02-29',
			'2026-13-01',
			'2026-1-1',
			'24.11.2026',
			'',
			'2026-11-24T00:00',
			'0000-01-01',
		]) {
			expect(readCivilDate(text)).toBeNull();
		}
	});
});

describe('daysBetween', () => {
	it.each([
		['2026-11-05', '2026-11-05', 0],
		['2026-02-28', '2026-03-01', 1],
		['2028-02-28', '2028-03-01', 2],
		['2025-12-31', '2026-12-31', 365],
		['2026-11-06', '2026-11-05', -1],
	])('counts from %s to %s: %i', (first, last, days) => {
		expect(daysBetween(parseCivilDate(first), parseCivilDate(last))).toBe(days);
	});
});
