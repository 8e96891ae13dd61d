import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '../base/time.ts';
import { PHASES, isCounted, phaseOf, phaseSpans, timeLeft, type ConsultationDates } from './phase.ts';

const at = (text: string): Instant => parseInstant(text);

const dates: ConsultationDates = {
	discussionOpensAt: at('2026-11-01T00:00:00.000Z'),
	votingOpensAt: at('2026-11-10T04:00:00.000Z'),
	votingEndsAt: at('2026-11-24T13:00:00.000Z'),
	countingEndsAt: at('2026-11-26T13:00:00.000Z'),
	answerDueAt: at('2026-12-15T13:00:00.000Z'),
};

describe('phaseOf', () => {
	it.each([
		['2026-10-31T23:59:59.999Z', 'preparation'],
		['2026-11-01T00:00:00.000Z', 'discussion'],
		['2026-11-10T03:59:59.999Z', 'discussion'],
		['2026-11-10T04:00:00.000Z', 'voting'],
		['2026-11-24T12:59:59.999Z', 'voting'],
		['2026-11-24T13:00:00.000Z', 'counting'],
		['2026-11-26T13:00:00.000Z', 'answering'],
		['2026-12-15T12:59:59.999Z', 'answering'],
		['2026-12-15T13:00:00.000Z', 'closed'],
	])('at %s it is %s', (now, phase) => {
		expect(phaseOf(dates, at(now))).toBe(phase);
	});

	it('skips a phase that takes no time', () => {
		const counted = { ...dates, countingEndsAt: dates.votingEndsAt };
		expect(phaseOf(counted, dates.votingEndsAt)).toBe('answering');
		expect(phaseSpans(counted).map(({ phase }) => phase)).not.toContain('counting');
	});
});

const instants = fc
	.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) })
	.map((milliseconds) => new Date(milliseconds).toISOString() as Instant);
const ordered = fc
	.tuple(instants, instants, instants, instants, instants)
	.map((five) => [...five].sort() as [Instant, Instant, Instant, Instant, Instant])
	.map(([discussionOpensAt, votingOpensAt, votingEndsAt, countingEndsAt, answerDueAt]) => ({
		discussionOpensAt,
		votingOpensAt,
		votingEndsAt,
		countingEndsAt,
		answerDueAt,
	}));

describe('phases', () => {
	it('follow one another without a gap, and an instant lies in exactly one', () => {
		fc.assert(
			fc.property(ordered, instants, (some, now) => {
				const spans = phaseSpans(some);
				for (const [index, span] of spans.slice(1).entries()) expect(span.from).toBe(spans[index]?.until);
				const holding = spans.filter(
					({ from, until }) => (from === null || from <= now) && (until === null || now < until),
				);
				expect(holding.map(({ phase }) => phase)).toEqual([phaseOf(some, now)]);
			}),
		);
	});

	it('never go back while time goes on', () => {
		fc.assert(
			fc.property(ordered, instants, instants, (some, first, second) => {
				const [earlier, later] = first < second ? [first, second] : [second, first];
				expect(PHASES.indexOf(phaseOf(some, earlier))).toBeLessThanOrEqual(
					PHASES.indexOf(phaseOf(some, later)),
				);
			}),
		);
	});

	it('show votes by option only after the count', () => {
		expect(PHASES.filter(isCounted)).toEqual(['answering', 'closed']);
	});
});

describe('timeLeft', () => {
	it.each([
		['2026-11-12T13:00:00.000Z', { unit: 'days', count: 12 }],
		['2026-11-22T12:59:59.999Z', { unit: 'days', count: 2 }],
		['2026-11-22T13:00:00.001Z', { unit: 'hours', count: 47 }],
		['2026-11-24T11:00:00.001Z', { unit: 'minutes', count: 119 }],
		['2026-11-24T12:59:30.000Z', { unit: 'minutes', count: 0 }],
		['2026-11-24T13:00:00.000Z', null],
		['2026-11-25T13:00:00.000Z', null],
	])('from %s', (now, left) => {
		expect(timeLeft(at(now), dates.votingEndsAt)).toEqual(left);
	});
});
