import { checkDigitOf, type Iin } from './iin.ts';

const DAYS_A_MONTH = 28;
const MONTHS = 12;
const FIRST_YEAR = 1;
const YEARS = 99;
/** Of the nineteenth century, by the classic form. */
const CENTURY = '1';
const SERIALS = 10_000;

const pad = (number: number, length: number) => String(number).padStart(length, '0');

/**
 * Numbers with a right check digit that are nobody's: by the classic form their bearers were born from 1801 to 1899. For
 * examples, demonstrations and measurements; all different, always the same ones, some three hundred million.
 */
export function* artificialIins(): Generator<Iin> {
	for (let serial = 0; serial < SERIALS; serial++) {
		for (let year = FIRST_YEAR; year <= YEARS; year++) {
			for (let month = 1; month <= MONTHS; month++) {
				for (let day = 1; day <= DAYS_A_MONTH; day++) {
					const body = `${pad(year, 2)}${pad(month, 2)}${pad(day, 2)}${CENTURY}${pad(serial, 4)}`;
					const check = checkDigitOf(body);
					if (check !== null) yield `${body}${check}` as Iin;
				}
			}
		}
	}
}

/** The first so many of them. */
export function listArtificialIins(count: number): Iin[] {
	return artificialIins().take(count).toArray();
}
