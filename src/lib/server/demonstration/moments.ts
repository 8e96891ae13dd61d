import { parseCivilDate, parseInstant, type CivilDate, type Instant } from '#lib/domain/base/time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Days may be a fraction, and negative for the past. */
export function daysAfter(moment: Instant, days: number): Instant {
	return parseInstant(new Date(Date.parse(moment) + Math.round(days * DAY)).toISOString());
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-25, 01` in a zone. Making a formatter takes far longer than using it. */
function clockIn(timeZone: string, moment: Instant): string {
	let clock = clocks.get(timeZone);
	if (!clock) {
		clock = new Intl.DateTimeFormat('en-CA', {
			timeZone,
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			hourCycle: 'h23',
		});
		clocks.set(timeZone, clock);
	}
	return clock.format(new Date(moment));
}

/** The day on the calendar of a zone. */
export function dayIn(timeZone: string, moment: Instant): CivilDate {
	return parseCivilDate(clockIn(timeZone, moment).slice(0, 10));
}

export function hourIn(timeZone: string, moment: Instant): number {
	return Number(clockIn(timeZone, moment).slice(-2));
}

/** Moved back by whole hours until people are awake there: from 8 to 22 o'clock. */
export function inWakingHours(timeZone: string, moment: Instant): Instant {
	const hour = hourIn(timeZone, moment);
	if (hour >= 8 && hour < 22) return moment;
	const back = hour < 8 ? hour + 4 : hour - 20;
	return parseInstant(new Date(Date.parse(moment) - back * HOUR).toISOString());
}

/** Moved back to midnight in a zone: what ends then has whole days. */
export function atMidnight(timeZone: string, moment: Instant): Instant {
	const hour = onTheHour(moment);
	return parseInstant(new Date(Date.parse(hour) - hourIn(timeZone, hour) * HOUR).toISOString());
}

/** Moved back to the start of its hour, so that deadlines are not at 13:07. */
export function onTheHour(moment: Instant): Instant {
	const time = Date.parse(moment);
	return parseInstant(new Date(time - (time % HOUR)).toISOString());
}
