import type { Language } from '#lib/domain/base/language.ts';

/**
 * Numbers as Kazakhstan writes them, by our own tables: Chromium claims to know `kk` and does not, so a page drawn on
 * the server and again in a browser would differ. The tests hold these functions against Node's Intl.
 */

/** Keeps a number, its unit and its sign on one line. */
export const NBSP = '\u00a0';
/** A true minus: as wide as a figure, never torn off at the end of a line, read aloud as a minus. */
const MINUS = '\u2212';

const GROUP: Readonly<Record<Language, string>> = { kk: NBSP, ru: NBSP, en: ',' };
const DECIMAL: Readonly<Record<Language, string>> = { kk: ',', ru: ',', en: '.' };
const PERCENT: Readonly<Record<Language, string>> = { kk: '%', ru: `${NBSP}%`, en: '%' };

/** A whole number in groups of three: `1 234 567`, in English `1,234,567`. */
export function formatInteger(value: number | bigint, language: Language): string {
	const whole = toBigInt(value);
	return sign(whole) + groupDigits(absolute(whole).toString(), language);
}

/**
 * A number given as a whole count of its smallest shown unit, with that many decimals: `formatScaled(136n, 2, 'kk')` is
 * `1,36`. Nothing is rounded here, so no amount passes through floating point.
 */
export function formatScaled(value: number | bigint, decimals: number, language: Language): string {
	if (decimals === 0) return formatInteger(value, language);
	const whole = toBigInt(value);
	const digits = absolute(whole)
		.toString()
		.padStart(decimals + 1, '0');
	const integer = groupDigits(digits.slice(0, -decimals), language);
	return `${sign(whole)}${integer}${DECIMAL[language]}${digits.slice(-decimals)}`;
}

/** A share in thousandths: 287 is `28,7%` in Kazakh, `28,7 %` in Russian, `28.7%` in English. */
export function formatShare(thousandths: number, language: Language): string {
	return formatScaled(thousandths, 1, language) + PERCENT[language];
}

/** Whole percents, where tenths would pretend a precision that is not there: 29 is `29%`, in Russian `29 %`. */
export function formatPercent(percent: number, language: Language): string {
	return formatInteger(percent, language) + PERCENT[language];
}

function groupDigits(digits: string, language: Language): string {
	return digits.replace(/\B(?=(\d{3})+$)/g, GROUP[language]);
}

/** @throws RangeError for a number that is not whole, rather than print a rounded one. */
function toBigInt(value: number | bigint): bigint {
	return typeof value === 'bigint' ? value : BigInt(value);
}

function absolute(value: bigint): bigint {
	return value < 0n ? -value : value;
}

function sign(value: bigint): string {
	return value < 0n ? MINUS : '';
}
