import type { Instant } from '../base/time.ts';

/** The course of a consultation (DESIGN, section 2). Computed from the dates, never stored. */
export const PHASES = ['preparation', 'discussion', 'voting', 'counting', 'answering', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

/** The instants at which one phase ends and the next begins; each belongs to the phase that it opens. */
export type ConsultationDates = {
	readonly discussionOpensAt: Instant;
	readonly votingOpensAt: Instant;
	readonly votingEndsAt: Instant;
	readonly countingEndsAt: Instant;
	readonly answerDueAt: Instant;
};

/** A stretch of the course: from its first instant to the first one after it; null where it has no beginning or end. */
export type PhaseSpan = {
	readonly phase: Phase;
	readonly from: Instant | null;
	readonly until: Instant | null;
};

/** The phases with their limits, in order. One that takes no time (counting nothing but web ballots) is left out. */
export function phaseSpans(dates: ConsultationDates): readonly PhaseSpan[] {
	const limits = [
		dates.discussionOpensAt,
		dates.votingOpensAt,
		dates.votingEndsAt,
		dates.countingEndsAt,
		dates.answerDueAt,
	];
	return PHASES.map((phase, index) => ({
		phase,
		from: limits[index - 1] ?? null,
		until: limits[index] ?? null,
	})).filter(({ from, until }) => from === null || until === null || from < until);
}

/** The phase at this instant. Where voting is open, `now` is the database's clock, never the server's. */
export function phaseOf(dates: ConsultationDates, now: Instant): Phase {
	const span = phaseSpans(dates).find(({ until }) => until === null || now < until);
	return span?.phase ?? 'closed';
}

/** True once the ballots have been counted: from then on votes by option are public, not a moment earlier. */
export function isCounted(phase: Phase): boolean {
	return phase === 'answering' || phase === 'closed';
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export type TimeLeft = { readonly unit: 'days' | 'hours' | 'minutes'; readonly count: number };

/**
 * How long until then, in whole units rounded down, so that nobody is promised more time than there is: days from two
 * days on, hours from two hours on, else minutes. Null when it has passed.
 */
export function timeLeft(now: Instant, until: Instant): TimeLeft | null {
	const left = Date.parse(until) - Date.parse(now);
	if (left <= 0) return null;
	if (left >= 2 * DAY_MS) return { unit: 'days', count: Math.floor(left / DAY_MS) };
	if (left >= 2 * HOUR_MS) return { unit: 'hours', count: Math.floor(left / HOUR_MS) };
	return { unit: 'minutes', count: Math.floor(left / MINUTE_MS) };
}
