import { expect, it } from 'vitest';
import { parseInstant } from '#lib/domain/base/time.ts';
import { toTimeline } from './timeline.ts';

const dates = {
	discussionOpensAt: parseInstant('2026-10-14T19:00:00.000Z'),
	votingOpensAt: parseInstant('2026-11-20T19:00:00.000Z'),
	votingEndsAt: parseInstant('2026-12-12T13:00:00.000Z'),
	countingEndsAt: parseInstant('2026-12-15T13:00:00.000Z'),
	answerDueAt: parseInstant('2027-01-15T13:00:00.000Z'),
};
const timeZone = 'Asia/Almaty';
const nbsp = '\u00a0';

it('puts today on the course, in days of the city', () => {
	const timeline = toTimeline({ dates, phase: 'voting', timeZone }, 'ru');
	expect(timeline.map(({ key, state }) => [key, state])).toEqual([
		['discussion', 'past'],
		['voting', 'current'],
		['counting', 'coming'],
		['answering', 'coming'],
		['closed', 'coming'],
	]);
	// Discussion begins at midnight of the 15th in Almaty and ends at midnight: the 20th is its last day.
	expect(timeline[0]?.dates).toBe(`15${nbsp}октября – 20${nbsp}ноября 2026${nbsp}г.`);
	expect(timeline[4]?.dates).toBe(`15${nbsp}января 2027${nbsp}г.`);
});

it('shows preparation only while it lasts', () => {
	const [first] = toTimeline({ dates, phase: 'preparation', timeZone }, 'ru');
	expect(first).toMatchObject({ key: 'preparation', state: 'current' });
	expect(first?.dates).toContain(`14${nbsp}октября`);
});
