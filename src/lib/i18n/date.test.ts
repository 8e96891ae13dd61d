import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Language } from '#lib/domain/base/language.ts';
import { parseCivilDate, parseInstant, type CivilDate, type Instant } from '#lib/domain/base/time.ts';
import {
	formatDate,
	formatDateRange,
	formatDateShort,
	formatDateTime,
	formatDeadline,
	formatInstant,
	toWallTime,
} from './date.ts';

const day = fc
	.date({ min: new Date('1999-01-01T00:00:00Z'), max: new Date('2050-12-31T00:00:00Z'), noInvalidDate: true })
	.map((date) => parseCivilDate(date.toISOString().slice(0, 10)));

function intl(language: string, options: Intl.DateTimeFormatOptions): (date: CivilDate) => string {
	const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
	return (date) => format.format(new Date(`${date}T12:00:00Z`));
}

function plain(text: string): string {
	return text.replaceAll('\u00a0', ' ');
}

describe('a date in full', () => {
	test('is what Intl writes in Russian', () => {
		const expected = intl('ru', { dateStyle: 'long' });
		fc.assert(
			fc.property(day, (date) => {
				expect(plain(formatDate(date, 'ru'))).toBe(plain(expected(date)));
			}),
		);
	});

	test('is what Intl writes in British English', () => {
		const expected = intl('en-GB', { dateStyle: 'long' });
		fc.assert(
			fc.property(day, (date) => {
				expect(plain(formatDate(date, 'en'))).toBe(expected(date));
			}),
		);
	});

	test('is in Kazakh what Intl writes, with the year as official texts have it', () => {
		const expected = intl('kk', { dateStyle: 'long' });
		fc.assert(
			fc.property(day, (date) => {
				expect(plain(formatDate(date, 'kk')).replace('жылғы', 'ж.')).toBe(plain(expected(date)));
			}),
		);
	});

	test('has the forms that the pages promise', () => {
		const date = parseCivilDate('2026-03-05');
		expect(plain(formatDate(date, 'kk'))).toBe('2026 жылғы 5 наурыз');
		expect(plain(formatDate(date, 'ru'))).toBe('5 марта 2026 г.');
		expect(plain(formatDate(date, 'en'))).toBe('5 March 2026');
		expect(formatDateShort(date)).toBe('05.03.2026');
		expect(plain(formatDateTime({ date, time: '18:00' }, 'kk'))).toBe('2026 жылғы 5 наурыз, 18:00');
	});

	test('refuses a month that no calendar has', () => {
		expect(() => formatDate(parseCivilDate('2026-13-05'), 'kk')).toThrow(RangeError);
	});
});

describe('a range of days', () => {
	const range = (first: string, last: string, language: 'kk' | 'ru' | 'en'): string =>
		plain(formatDateRange(parseCivilDate(first), parseCivilDate(last), language));

	test('says the month and the year once where both days share them', () => {
		expect(range('2026-03-05', '2026-03-12', 'kk')).toBe('2026 жылғы 5–12 наурыз');
		expect(range('2026-03-05', '2026-03-12', 'ru')).toBe('5–12 марта 2026 г.');
		expect(range('2026-03-05', '2026-12-12', 'en')).toBe('5 March – 12 December 2026');
		expect(range('2026-03-05', '2026-12-12', 'kk')).toBe('2026 жылғы 5 наурыз – 12 желтоқсан');
	});

	test('says both years where they differ', () => {
		expect(range('2025-12-20', '2026-01-10', 'ru')).toBe('20 декабря 2025 г. – 10 января 2026 г.');
	});

	test('of one day is that day', () => {
		expect(range('2026-03-05', '2026-03-05', 'en')).toBe('5 March 2026');
	});
});

describe('an instant in a city', () => {
	test('is shown on the clock of the city', () => {
		const instant = parseInstant('2026-12-11T19:30:00.000Z');
		expect(toWallTime(instant, 'Asia/Almaty')).toEqual({ date: '2026-12-12', time: '00:30' });
		expect(plain(formatInstant(instant, 'Asia/Almaty', 'ru'))).toBe('12 декабря 2026 г., 00:30');
	});

	test('ends with its day where it is midnight, in each language', () => {
		const midnight = parseInstant('2026-11-30T19:00:00.000Z');
		const deadline = (language: Language) => plain(formatDeadline(midnight, 'Asia/Almaty', language));
		expect(deadline('kk')).toBe('2026 жылғы 30 қараша, 24:00');
		expect(deadline('ru')).toBe('30 ноября 2026 г., 24:00');
		expect(deadline('en')).toBe('30 November 2026, 24:00');
	});

	test('ends at its own minute otherwise', () => {
		const instant = parseInstant('2026-12-11T19:30:00.000Z');
		expect(plain(formatDeadline(instant, 'Asia/Almaty', 'ru'))).toBe('12 декабря 2026 г., 00:30');
	});

	test('keeps to the rules of its zone, which moved from six hours to five in 2024', () => {
		const noon = (date: string): Instant => parseInstant(`${date}T12:00:00.000Z`);
		expect(toWallTime(noon('2024-02-29'), 'Asia/Almaty').time).toBe('18:00');
		expect(toWallTime(noon('2024-03-01'), 'Asia/Almaty').time).toBe('17:00');
	});

	test('agrees with arithmetic where the zone does not change', () => {
		const instants = fc.date({
			min: new Date('2024-03-02T00:00:00Z'),
			max: new Date('2035-12-31T00:00:00Z'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(instants, (date) => {
				const shifted = new Date(date.getTime() + 5 * 3_600_000).toISOString();
				expect(toWallTime(parseInstant(date.toISOString()), 'Asia/Almaty')).toEqual({
					date: shifted.slice(0, 10),
					time: shifted.slice(11, 16),
				});
			}),
		);
	});
});
