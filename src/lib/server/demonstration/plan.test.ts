import { describe, expect, it } from 'vitest';
import type { CityId, DistrictId } from '#lib/domain/base/ids.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import { FUNCTIONAL_GROUPS } from '#lib/domain/budget/code.ts';
import { mayFollow } from '#lib/domain/dialogue/status.ts';
import { RESPONSE_STATUSES } from '#lib/domain/dialogue/words.ts';
import { seededDraw } from './draw.ts';
import { dayIn, daysAfter, hourIn, inWakingHours } from './moments.ts';
import { planOpenConsultation } from './plan-consultations.ts';
import { planDemonstration, type DemonstrationCity, type DemonstrationSubject } from './plan.ts';

const NOW = parseInstant('2026-11-24T13:07:21.250Z');
const SEEDS = [1, 2, 3, 20261124];
const SMALLEST_CELL = 5;

const cities: readonly DemonstrationCity[] = Array.from({ length: 12 }, (_, index) => ({
	id: `city-${index + 1}` as CityId,
	level: index < 3 ? 'republican' : 'oblast',
	timeZone: 'Asia/Almaty',
	districts: index % 2 === 0 ? (['east', 'west'] as DistrictId[]) : [],
}));
const subjects: readonly DemonstrationSubject[] = cities.flatMap(({ id }) =>
	[2025, 2026, 2027].flatMap((fiscalYear) =>
		[...FUNCTIONAL_GROUPS, ...(fiscalYear === 2025 ? ['04.1', '07.2', '07.3', '12.1'] : [])].map((code) => ({
			cityId: id,
			fiscalYear,
			code,
		})),
	),
);
const plan = planDemonstration(1, cities, subjects, NOW);

describe('a plan', () => {
	it('is the same for the same seed, and another for another', () => {
		expect(planDemonstration(1, cities, subjects, NOW)).toEqual(plan);
		expect(planDemonstration(2, cities, subjects, NOW)).not.toEqual(plan);
	});

	it('has one open and one ended consultation in each city', () => {
		for (const { consultations } of plan) {
			const isOpen = consultations.map(
				({ votingOpensAt, votingEndsAt }) => votingOpensAt < NOW && NOW < votingEndsAt,
			);
			const hasEnded = consultations.map(({ countingEndsAt }) => countingEndsAt < NOW);
			expect(isOpen).toEqual([false, true]);
			expect(hasEnded).toEqual([true, false]);
		}
	});

	it('leaves ten days or more to vote', () => {
		for (const { consultations } of plan) {
			expect(consultations[1]!.votingEndsAt > daysAfter(NOW, 9.9)).toBe(true);
			expect(consultations[1]!.votingEndsAt < daysAfter(NOW, 25.1)).toBe(true);
		}
	});

	it('has answers in every status, and comments that wait for one', () => {
		for (const seed of SEEDS) {
			const comments = planDemonstration(seed, cities, subjects, NOW).flatMap((city) => city.comments);
			const current = new Set(comments.map(({ revisions }) => revisions.at(-1)?.status));
			for (const status of RESPONSE_STATUSES) expect(current, `${status} of seed ${seed}`).toContain(status);
			const oldest = comments
				.filter(({ revisions }) => revisions.length === 0)
				.map(({ createdAt }) => createdAt);
			expect(
				oldest.some((createdAt) => createdAt < daysAfter(NOW, -45)),
				`seed ${seed}`,
			).toBe(true);
		}
	});

	it('publishes every answer in both languages, after the comment and before now', () => {
		for (const { createdAt, revisions } of plan.flatMap((city) => city.comments)) {
			const moments = [createdAt, ...revisions.map((revision) => revision.publishedAt), NOW];
			expect(moments).toEqual([...moments].sort());
			for (const { body } of revisions) expect([body.kk, body.ru]).not.toContain('');
		}
	});

	it('lets a status follow only where the rules of responses allow it, and a refusal say why and how to complain', () => {
		const revisions = plan.flatMap((city) => city.comments.map((comment) => comment.revisions));
		for (const [index, revision] of revisions.flatMap((list) => [...list.entries()])) {
			expect(revision.legalBasis !== null && revision.complaint !== null).toBe(
				revision.status === 'declined',
			);
			expect(index).toBeLessThan(2);
		}
		for (const [first, second] of revisions)
			if (second) expect(mayFollow(second.status, first!.status)).toBe(true);
		expect(revisions.some((list) => list.at(-1)?.status === 'declined')).toBe(true);
	});

	it('gives no resident an address at which a mail could arrive, and no two the same', () => {
		const emails = plan.flatMap((city) => city.residents.map((resident) => resident.email));
		for (const email of emails) expect(email).toMatch(/^[a-z]+\.\d+@example\.invalid$/);
		expect(new Set(emails).size).toBe(emails.length);
	});

	it('has some hundred residents, no two of a city with the same name', () => {
		expect(plan.flatMap((city) => city.residents).length).toBeGreaterThan(240);
		for (const { residents } of plan) {
			expect(new Set(residents.map((resident) => resident.displayName)).size).toBe(residents.length);
		}
	});

	it('lets a resident write only after registering, in their language, on a line that exists', () => {
		for (const { cityId, comments } of plan) {
			expect(comments.length).toBeGreaterThan(10);
			for (const { author, createdAt, language, fiscalYear, code } of comments) {
				expect(author.registeredAt < createdAt).toBe(true);
				expect(author.language).toBe(language);
				expect(subjects).toContainEqual({ cityId, fiscalYear, code });
			}
		}
	});

	it('repeats no text within a city', () => {
		for (const { comments } of plan) {
			expect(new Set(comments.map((comment) => comment.body)).size).toBe(comments.length);
		}
	});

	it('keeps the rules of the ballot: one a resident, five options at most, none twice', () => {
		for (const { ballots, options, maxOptions } of plan.flatMap((city) => city.consultations)) {
			expect(new Set(ballots.map((ballot) => ballot.voter)).size).toBe(ballots.length);
			for (const choice of ballots.flatMap((ballot) => ballot.choices)) {
				expect(choice.length).toBeLessThanOrEqual(maxOptions);
				expect(new Set(choice).size).toBe(choice.length);
				for (const option of choice) expect(options).toContain(option);
			}
		}
	});

	it('has some ballots that were changed, and some blank ones', () => {
		const ballots = plan.flatMap((city) =>
			city.consultations.flatMap((consultation) => consultation.ballots),
		);
		expect(ballots.some((ballot) => ballot.choices.length === 2)).toBe(true);
		expect(ballots.some((ballot) => ballot.choices.at(-1)!.length === 0)).toBe(true);
	});

	it('gives most options enough votes to be published', () => {
		for (const seed of SEEDS) {
			for (const { cityId, consultations } of planDemonstration(seed, cities, subjects, NOW)) {
				const { options, ballots } = consultations[0]!;
				const votes = options.map(
					(option) => ballots.filter((ballot) => ballot.choices.at(-1)!.includes(option)).length,
				);
				const published = votes.filter((count) => count >= SMALLEST_CELL).length;
				expect(options.length).toBeGreaterThanOrEqual(8);
				expect(published, `seed ${seed}, ${cityId}: ${votes.join(' ')}`).toBeGreaterThan(options.length / 2);
			}
		}
	});

	it('invents neither comments nor options where a city has no lines', () => {
		const bare = planDemonstration(1, cities, [], NOW);
		for (const { comments, consultations } of bare) {
			expect(comments).toEqual([]);
			expect(consultations.flatMap((consultation) => consultation.options)).toEqual([]);
		}
	});
});

describe('another open consultation', () => {
	it('can be opened later for the same residents, under an address of its own', () => {
		const later = daysAfter(NOW, 100);
		const { residents } = plan[0]!;
		const again = planOpenConsultation(seededDraw(1, 'again'), cities[0]!, subjects, residents, later, '-2');
		expect(again.slug).toMatch(/-2$/);
		expect(again.votingOpensAt < later && later < again.votingEndsAt).toBe(true);
	});
});

describe('moments', () => {
	it('knows the day and the hour in the zone, not in UTC', () => {
		const evening = parseInstant('2026-11-24T20:30:00.000Z');
		expect(dayIn('Asia/Almaty', evening)).toBe('2026-11-25');
		expect(hourIn('Asia/Almaty', evening)).toBe(1);
	});

	it('moves what would fall into the night back into the day', () => {
		for (let hour = 0; hour < 24; hour++) {
			const moment = parseInstant(`2026-11-24T${String(hour).padStart(2, '0')}:15:00.000Z`);
			const awake = inWakingHours('Asia/Almaty', moment);
			expect(hourIn('Asia/Almaty', awake)).toBeGreaterThanOrEqual(8);
			expect(hourIn('Asia/Almaty', awake)).toBeLessThan(22);
			expect(awake <= moment).toBe(true);
		}
	});
});
