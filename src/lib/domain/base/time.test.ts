import { describe, expect, it } from 'vitest';
import { dayAfter, parseCivilDate, readCivilDate } from './time.ts';

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
