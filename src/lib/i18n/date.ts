import type { Language } from '#lib/domain/base/language.ts';
import { parseCivilDate, parseInstant, type CivilDate, type Instant } from '#lib/domain/base/time.ts';
import { NBSP } from './number.ts';

/** A moment as a clock on the wall shows it: the day and `HH:MM`. */
export type WallTime = { readonly date: CivilDate; readonly time: string };

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
	kk: [
		'қаңтар',
		'ақпан',
		'наурыз',
		'сәуір',
		'мамыр',
		'маусым',
		'шілде',
		'тамыз',
		'қыркүйек',
		'қазан',
		'қараша',
		'желтоқсан',
	],
	ru: [
		'января',
		'февраля',
		'марта',
		'апреля',
		'мая',
		'июня',
		'июля',
		'августа',
		'сентября',
		'октября',
		'ноября',
		'декабря',
	],
	en: [
		'January',
		'February',
		'March',
		'April',
		'May',
		'June',
		'July',
		'August',
		'September',
		'October',
		'November',
		'December',
	],
};

/** `2026 жылғы 5 наурыз`, `5 марта 2026 г.`, `5 March 2026`: the forms of official texts. */
export function formatDate(date: CivilDate, language: Language): string {
	return withYear(formatDayMonth(date, language), yearOf(date), language);
}

/** `5 наурыз`, `5 марта`, `5 March`: where the year is plain from the place. */
function formatDayMonth(date: CivilDate, language: Language): string {
	return `${dayOf(date)}${NBSP}${monthOf(date, language)}`;
}

/** `05.03.2026`, the same in every language: the order that Kazakhstan's documents use. */
export function formatDateShort(date: CivilDate): string {
	return `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
}

/** From the first day to the last, both counted; what the two share is said once. */
export function formatDateRange(first: CivilDate, last: CivilDate, language: Language): string {
	if (first === last) return formatDate(first, language);
	if (yearOf(first) !== yearOf(last)) return `${formatDate(first, language)} – ${formatDate(last, language)}`;
	const days =
		first.slice(0, 7) === last.slice(0, 7)
			? `${dayOf(first)}–${formatDayMonth(last, language)}`
			: `${formatDayMonth(first, language)} – ${formatDayMonth(last, language)}`;
	return withYear(days, yearOf(first), language);
}

/** `2026 жылғы 5 наурыз, 18:00`. */
export function formatDateTime(moment: WallTime, language: Language): string {
	return `${formatDate(moment.date, language)}, ${moment.time}`;
}

/** An instant as it is shown in a city: on the city's clock, never on the reader's. */
export function formatInstant(instant: Instant, timeZone: string, language: Language): string {
	return formatDateTime(toWallTime(instant, timeZone), language);
}

/**
 * When something ends. At midnight that is `30 қараша, 24:00`: `1 желтоқсан, 00:00` would be read as a day more.
 */
export function formatDeadline(instant: Instant, timeZone: string, language: Language): string {
	const moment = toWallTime(instant, timeZone);
	if (moment.time !== '00:00') return formatDateTime(moment, language);
	const before = parseInstant(new Date(Date.parse(instant) - 1).toISOString());
	return formatDateTime({ date: toWallTime(before, timeZone).date, time: '24:00' }, language);
}

/**
 * The day and time of an instant in an IANA zone. The one use of Intl: only for the zone's rules, and in a locale whose
 * figures are the same in every browser.
 */
export function toWallTime(instant: Instant, timeZone: string): WallTime {
	const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
	for (const part of zoned(timeZone).formatToParts(new Date(instant))) parts[part.type] = part.value;
	return {
		date: parseCivilDate(`${parts.year}-${parts.month}-${parts.day}`),
		time: `${parts.hour}:${parts.minute}`,
	};
}

/** Making a formatter costs a hundred times its use; there are as many as there are zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function zoned(timeZone: string): Intl.DateTimeFormat {
	let formatter = formatters.get(timeZone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat('en-CA', {
			timeZone,
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
		});
		formatters.set(timeZone, formatter);
	}
	return formatter;
}

function withYear(days: string, year: string, language: Language): string {
	switch (language) {
		case 'kk':
			return `${year}${NBSP}жылғы ${days}`;
		case 'ru':
			return `${days} ${year}${NBSP}г.`;
		case 'en':
			return `${days} ${year}`;
	}
}

function yearOf(date: CivilDate): string {
	return date.slice(0, 4);
}

function dayOf(date: CivilDate): string {
	return String(Number(date.slice(8, 10)));
}

/** @throws RangeError for a month that no calendar has. */
function monthOf(date: CivilDate, language: Language): string {
	const month = MONTHS[language][Number(date.slice(5, 7)) - 1];
	if (!month) throw new RangeError(`no such month: ${date}`);
	return month;
}
