import type { Language } from '#lib/domain/base/language.ts';
import { parseInstant, type Instant } from '#lib/domain/base/time.ts';
import {
	phaseSpans,
	type ConsultationDates,
	type Phase,
	type PhaseSpan,
} from '#lib/domain/consultation/phase.ts';
import { phaseName } from '#lib/i18n/consultation-words.ts';
import { formatDate, formatDateRange, toWallTime } from '#lib/i18n/date.ts';
import { m } from '#lib/paraglide/messages.js';
import type { TimelinePhase } from '#lib/ui/ballot/timeline-phase.ts';

type Shown = { readonly dates: ConsultationDates; readonly phase: Phase; readonly timeZone: string };

/** The course with today on it, in days of the city. Preparation is shown only while it lasts. */
export function toTimeline({ dates, phase, timeZone }: Shown, language: Language): TimelinePhase[] {
	const spans = phaseSpans(dates).filter((span) => span.phase !== 'preparation' || phase === 'preparation');
	const current = spans.findIndex((span) => span.phase === phase);
	return spans.map((span, index) => ({
		key: span.phase,
		label: phaseName(span.phase),
		dates: describeSpan(span, timeZone, language),
		state: index < current ? 'past' : index === current ? 'current' : 'coming',
	}));
}

function describeSpan({ from, until }: PhaseSpan, timeZone: string, language: Language): string {
	const first = from && toWallTime(from, timeZone).date;
	const last = until && toWallTime(instantBefore(until), timeZone).date;
	if (first && last) return formatDateRange(first, last, language);
	if (last) return m.phase_last_day({ date: formatDate(last, language) });
	return first ? formatDate(first, language) : '';
}

/** A phase does not hold the instant at which the next one begins: at midnight its last day is the day before. */
function instantBefore(until: Instant): Instant {
	return parseInstant(new Date(Date.parse(until) - 1).toISOString());
}
