import type { Brand } from '../base/brand.ts';
import { ok, refused, type Result } from '../base/result.ts';

/**
 * An individual identification number (ЖСН, ИИН) whose check digit is right: twelve ASCII digits and nothing else. Neither
 * age nor sex is ever read from it: since decree № 853 of 26.08.2013 a number that differs from the birth date is no error.
 */
export type Iin = Brand<string, 'Iin'>;

/** Why a text is no number of a person; the exact reason, because whoever typed it can then find the slip. */
export type IinRefusal = {
	readonly code:
		| 'iin_missing'
		| 'iin_letters'
		| 'iin_foreign_digits'
		| 'iin_length'
		| 'iin_zeros'
		| 'iin_company'
		| 'iin_never_issued'
		| 'iin_check_digit';
};

/** How a right number differs from the classic form (birth day, then century and sex). A hint to the typist, never a reason to refuse. */
export type IinOddity = 'unusual_day' | 'unusual_century';

const LENGTH = 12;
/** More than any grouping of twelve digits needs; what is longer is not read at all. */
const TEXT_LENGTH_MAX = 64;
const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2] as const;
const MODULUS = 11;
const NO_DIGIT = 10;

/** Reads a number as it was typed or stands in a file; spaces of any kind (no-break ones too) may group it. */
export function parseIin(text: string): Result<Iin, IinRefusal> {
	if (text.length > TEXT_LENGTH_MAX) return refused({ code: 'iin_length' });
	const digits = text.replace(/\s/gu, '');
	if (digits === '') return refused({ code: 'iin_missing' });
	if (!/^[0-9]*$/.test(digits)) {
		const isForeign = /^\p{Decimal_Number}+$/u.test(digits);
		return refused({ code: isForeign ? 'iin_foreign_digits' : 'iin_letters' });
	}
	if (digits.length !== LENGTH) return refused({ code: 'iin_length' });
	// Zeros pass the sum.
	if (/^0+$/.test(digits)) return refused({ code: 'iin_zeros' });
	if (isOfCompany(digits)) return refused({ code: 'iin_company' });
	const expected = checkDigitOf(digits);
	if (expected === null) return refused({ code: 'iin_never_issued' });
	return digits.endsWith(String(expected)) ? ok(digits as Iin) : refused({ code: 'iin_check_digit' });
}

/** A company's number (БСН, БИН) has its kind in the fifth digit, where a person's has the tens of a day: 4, 5 or 6. */
function isOfCompany(digits: string): boolean {
	return /^.{4}[456]/.test(digits);
}

/**
 * The last digit that the eleven before it demand; null where both rounds give ten: such a number was never issued.
 * (IIN law of 12.01.2007 № 223; the weights as in several public validators.)
 */
export function checkDigitOf(digits: string): number | null {
	const first = weigh(digits, FIRST_WEIGHTS);
	if (first !== NO_DIGIT) return first;
	const second = weigh(digits, SECOND_WEIGHTS);
	return second === NO_DIGIT ? null : second;
}

function weigh(digits: string, weights: readonly number[]): number {
	let sum = 0;
	for (const [index, weight] of weights.entries()) sum += weight * Number(digits[index]);
	return sum % MODULUS;
}

const CENTURIES: Readonly<Record<string, number>> = {
	1: 1800,
	2: 1800,
	3: 1900,
	4: 1900,
	5: 2000,
	6: 2000,
};
/** Of a foreigner: the century is not told. */
const NO_CENTURY = '0';
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const FEBRUARY = 2;

/** What is unusual about a right number; such numbers exist and count like any other. */
export function listOddities(iin: Iin): readonly IinOddity[] {
	const century = CENTURIES[iin[6]!];
	const knowsCentury = century !== undefined || iin[6] === NO_CENTURY;
	const year = century === undefined ? null : century + Number(iin.slice(0, 2));
	const isDay = hasDay(year, Number(iin.slice(2, 4)), Number(iin.slice(4, 6)));
	return [
		...(isDay ? [] : (['unusual_day'] as const)),
		...(knowsCentury ? [] : (['unusual_century'] as const)),
	];
}

/** Where the year is not known February may have a leap day. */
function hasDay(year: number | null, month: number, day: number): boolean {
	const days = DAYS[month - 1];
	if (days === undefined) return false;
	const isLeap = year === null || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
	return day >= 1 && day <= (month === FEBRUARY && isLeap ? days + 1 : days);
}

const SHOWN_AT_END = 4;

/** For reports of what was wrong in a file: enough to find the row, too little to know the person. */
export function maskIin(text: string): string {
	const shown = Array.from(text.slice(0, TEXT_LENGTH_MAX).replace(/\s/gu, '')).slice(0, LENGTH);
	return shown
		.map((character, index) =>
			index >= shown.length - SHOWN_AT_END && /[0-9]/.test(character) ? character : '*',
		)
		.join('');
}
