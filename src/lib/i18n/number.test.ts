import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { formatInteger, formatPercent, formatScaled, formatShare } from './number.ts';

/** Node's Intl knows Kazakh; it writes a minus as a hyphen. */
function intl(language: string, options: Intl.NumberFormatOptions = {}): (value: number | bigint) => string {
	const format = new Intl.NumberFormat(language, options);
	return (value) => format.format(value).replace('-', '\u2212');
}

describe.each(LANGUAGES)('numbers in %s', (language) => {
	test('a whole number is what Intl writes', () => {
		const expected = intl(language);
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (value) => {
				expect(formatInteger(value, language)).toBe(expected(value));
			}),
		);
	});

	test('every boundary of a group of digits is what Intl writes', () => {
		const expected = intl(language);
		for (let power = 0n; power <= 18n; power++) {
			for (const value of [10n ** power - 1n, 10n ** power, -(10n ** power)]) {
				expect(formatInteger(value, language)).toBe(expected(value));
			}
		}
	});

	test('a share is what Intl writes for percents with one decimal', () => {
		const expected = intl(language, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
		fc.assert(
			fc.property(fc.integer({ min: -5000, max: 50_000 }), (thousandths) => {
				expect(formatShare(thousandths, language)).toBe(expected(thousandths / 1000));
			}),
		);
	});

	test('whole percents are what Intl writes', () => {
		const expected = intl(language, { style: 'percent' });
		for (const percent of [0, 7, 29, 100, 1250, -3]) {
			expect(formatPercent(percent, language)).toBe(expected(percent / 100));
		}
	});

	test('decimals are what Intl writes', () => {
		const expected = intl(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
		fc.assert(
			fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (hundredths) => {
				expect(formatScaled(hundredths, 2, language)).toBe(expected(hundredths / 100));
			}),
		);
	});
});

test('the forms that the pages promise', () => {
	expect(formatInteger(1_234_567, 'kk')).toBe('1\u00a0234\u00a0567');
	expect(formatShare(123, 'kk')).toBe('12,3%');
	expect(formatShare(123, 'ru')).toBe('12,3\u00a0%');
	expect(formatShare(123, 'en')).toBe('12.3%');
	expect(formatShare(-4, 'ru')).toBe('\u22120,4\u00a0%');
});

test('refuses a number that is not whole instead of rounding it', () => {
	expect(() => formatInteger(1.5, 'kk')).toThrow(RangeError);
});
