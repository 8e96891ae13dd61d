import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import { formatTenge, formatTengeShort, formatTengeTick } from './money.ts';

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe.each(LANGUAGES)('tenge in %s', (language) => {
	test('an exact amount is what Intl writes with the narrow symbol', () => {
		const format = new Intl.NumberFormat(language, {
			style: 'currency',
			currency: 'KZT',
			currencyDisplay: 'narrowSymbol',
			maximumFractionDigits: 0,
		});
		const check = (value: bigint): void => {
			expect(formatTenge(tenge(value), language)).toBe(format.format(value).replace('-', '\u2212'));
		};
		fc.assert(fc.property(amount, check));
		for (const value of [0n, 1n, -1n, 999n, 1000n, -1000n, 10n ** 15n, -(10n ** 15n)]) check(value);
	});

	test('a short amount is within half of its last digit of the exact one', () => {
		fc.assert(
			fc.property(amount, (value) => {
				const text = formatTengeShort(tenge(value), language);
				const [size, decimals] = /трлн|trillion/.test(text)
					? [10n ** 12n, 2n]
					: /млрд|billion/.test(text)
						? [10n ** 9n, 1n]
						: /млн|million/.test(text)
							? [10n ** 6n, 1n]
							: [1n, 0n];
				const digits = BigInt(text.replace('\u2212', '-').replaceAll(/[^\d-]/g, ''));
				const shown = (digits * size) / 10n ** decimals;
				const error = shown > value ? shown - value : value - shown;
				expect(error * 2n).toBeLessThanOrEqual(size / 10n ** decimals);
			}),
		);
	});

	test('no unit shows a thousand of itself', () => {
		fc.assert(
			fc.property(amount, (value) => {
				const text = formatTengeShort(tenge(value), language);
				if (/млрд|млн|billion|million/.test(text)) expect(text).not.toMatch(/\d[\u00a0,]\d{3}\b/);
			}),
		);
	});
});

test('the forms that the pages promise', () => {
	expect(formatTengeShort(tenge(1_361_234_567_890n), 'kk')).toBe('1,36\u00a0трлн\u00a0₸');
	expect(formatTengeShort(tenge(365_195_000_000n), 'ru')).toBe('365,2\u00a0млрд\u00a0₸');
	expect(formatTengeShort(tenge(12_400_000n), 'kk')).toBe('12,4\u00a0млн\u00a0₸');
	expect(formatTengeShort(tenge(831_527n), 'kk')).toBe('831\u00a0527\u00a0₸');
	expect(formatTengeShort(tenge(-40_200_000_000n), 'en')).toBe('\u2212₸40.2\u00a0billion');
	expect(formatTenge(tenge(10n ** 15n), 'en')).toBe('₸1,000,000,000,000,000');
});

test('a unit begins where the one below would round to a thousand of itself', () => {
	expect(formatTengeShort(tenge(999_949_999_999n), 'kk')).toBe('999,9\u00a0млрд\u00a0₸');
	expect(formatTengeShort(tenge(999_950_000_000n), 'kk')).toBe('1,00\u00a0трлн\u00a0₸');
	expect(formatTengeShort(tenge(999_949_999n), 'ru')).toBe('999,9\u00a0млн\u00a0₸');
	expect(formatTengeShort(tenge(999_950_000n), 'ru')).toBe('1,0\u00a0млрд\u00a0₸');
	expect(formatTengeShort(tenge(-999_999n), 'ru')).toBe('\u2212999\u00a0999\u00a0₸');
	expect(formatTengeShort(tenge(-1_000_000n), 'ru')).toBe('\u22121,0\u00a0млн\u00a0₸');
});

test('an axis shows no zeros that say nothing', () => {
	expect(formatTengeTick(0, 'kk')).toBe('0\u00a0₸');
	expect(formatTengeTick(250_000, 'kk')).toBe('250\u00a0мың\u00a0₸');
	expect(formatTengeTick(250_000, 'ru')).toBe('250\u00a0тыс.\u00a0₸');
	expect(formatTengeTick(12_500, 'ru')).toBe('12,5\u00a0тыс.\u00a0₸');
	expect(formatTengeTick(1.5e12, 'en')).toBe('₸1.5\u00a0trillion');
	expect(formatTengeTick(4e11, 'kk')).toBe('400\u00a0млрд\u00a0₸');
});
