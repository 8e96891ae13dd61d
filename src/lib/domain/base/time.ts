import type { Brand } from './brand.ts';

/** An ISO 8601 instant in UTC with milliseconds: `2026-11-24T10:15:00.000Z`. Such texts sort by time. */
export type Instant = Brand<string, 'Instant'>;

/** A day of the calendar without a zone: `2026-11-24`. */
export type CivilDate = Brand<string, 'CivilDate'>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CIVIL_DATE = /^\d{4}-\d\d-\d\d$/;

/** @throws RangeError when the text is not an instant in exactly this form. */
export function parseInstant(text: string): Instant {
	if (!INSTANT.test(text)) throw new RangeError(`not an instant: ${text}`);
	return text as Instant;
}

/** @throws RangeError when the text is not `YYYY-MM-DD`. */
export function parseCivilDate(text: string): CivilDate {
	if (!CIVIL_DATE.test(text)) throw new RangeError(`not a civil date: ${text}`);
	return text as CivilDate;
}

const DAY_IN_MILLISECONDS = 86_400_000;

/** The next day of the calendar. */
export function dayAfter(date: CivilDate): CivilDate {
	return daysBefore(date, -1);
}

/** The day of the calendar that many days earlier. */
export function daysBefore(date: CivilDate, days: number): CivilDate {
	return new Date(Date.parse(date) - days * DAY_IN_MILLISECONDS).toISOString().slice(0, 10) as CivilDate;
}

/** The day that the text names; null when it is none, such as 31 February. */
export function readCivilDate(text: string): CivilDate | null {
	// JavaScript has a year 0, Postgres has none.
	if (!CIVIL_DATE.test(text) || text.startsWith('0000')) return null;
	const instant = new Date(text);
	return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
		? (text as CivilDate)
		: null;
}

/** How many days of the calendar lie from the first to the last: 0 on the same day, 1 on the next. */
export function daysBetween(first: CivilDate, last: CivilDate): number {
	return (Date.parse(last) - Date.parse(first)) / DAY_IN_MILLISECONDS;
}
