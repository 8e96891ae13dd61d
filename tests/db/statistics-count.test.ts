import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '#lib/domain/base/time.ts';
import { loadDemonstration } from '#lib/server/demonstration/index.ts';
import { findRelease } from '#lib/server/statistics/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

/**
 * Every figure of a demonstration's release counted a second time, in another way: all rows are read, days are cut here
 * and not in SQL, and periods are found by trying every day as an end.
 */

let database: TestDatabase;
let through: string;
let countedFrom: string;
let zones: Map<string, string>;

beforeAll(async () => {
	database = await createTestDatabase('seeded');
	const loaded = await loadDemonstration(testApp(database.owner), 3);
	expect(loaded.ok).toBe(true);
	const release = await findRelease(database.db, null);
	through = release!.countedTo;
	countedFrom = release!.countedFrom;
	const cities = await database.db.selectFrom('city').select(['id', 'time_zone']).execute();
	zones = new Map(cities.map((city) => [city.id, city.time_zone]));
}, 120_000);
afterAll(async () => {
	await database.close();
});

function dayIn(city: string, instant: Instant): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: zones.get(city)! }).format(new Date(instant));
}

function plusDays(day: string, days: number): string {
	const date = new Date(`${day}T12:00:00Z`);
	date.setUTCDate(date.getUTCDate() + days);
	return date.toISOString().slice(0, 10);
}

/** Periods written as text, found by asking of each day in turn: are there five since the last end? */
function periodsOf(days: readonly string[], from: string, to: string): string[] {
	const found: string[] = [];
	let start = from;
	for (let end = from; end <= to; end = plusDays(end, 1)) {
		const inside = days.filter((day) => day >= start && day <= end).length;
		if (inside < 5) continue;
		found.push(`${start}..${end} ${inside}`);
		start = plusDays(end, 1);
	}
	return found;
}

function byCity<T extends { city_id: string }>(rows: readonly T[]): Map<string, T[]> {
	return Map.groupBy(rows, (row) => row.city_id);
}

async function published(metric: 'residents' | 'comments' | 'responses'): Promise<string[]> {
	const rows = await database.db
		.selectFrom('statistics_period')
		.where('metric', '=', metric)
		.select(['city_id', 'from_on', 'to_on', 'count'])
		.orderBy('city_id')
		.orderBy('from_on')
		.execute();
	return rows.map((row) => `${row.city_id} ${row.from_on}..${row.to_on} ${row.count}`);
}

function expected<T extends { city_id: string }>(rows: readonly T[], dayOf: (row: T) => string): string[] {
	return [...byCity(rows)]
		.flatMap(([city, ofCity]) =>
			periodsOf(ofCity.map(dayOf), countedFrom, through).map((period) => `${city} ${period}`),
		)
		.sort();
}

describe('the figures of a release, counted a second time', () => {
	it('agree for residents', async () => {
		const rows = await database.db
			.selectFrom('residency')
			.select(['city_id', 'person_id', 'verified_at'])
			.orderBy('verified_at')
			.execute();
		const first = new Map(rows.toReversed().map((row) => [`${row.city_id} ${row.person_id}`, row]));
		const figures = expected([...first.values()], (row) => dayIn(row.city_id, row.verified_at));
		expect(figures.length).toBeGreaterThan(12);
		expect(await published('residents')).toEqual(figures);
	});

	it('agree for comments', async () => {
		const rows = await database.db.selectFrom('comment').select(['city_id', 'created_at']).execute();
		const figures = expected(rows, (row) => dayIn(row.city_id, row.created_at));
		expect(figures.length).toBeGreaterThan(12);
		expect(await published('comments')).toEqual(figures);
	});

	it('agree for responses and the middle of their waits', async () => {
		const rows = await database.db
			.selectFrom('response_revision')
			.innerJoin('response', (join) =>
				join
					.onRef('response.city_id', '=', 'response_revision.city_id')
					.onRef('response.id', '=', 'response_revision.response_id'),
			)
			.innerJoin('comment', (join) =>
				join
					.onRef('comment.city_id', '=', 'response.city_id')
					.onRef('comment.id', '=', 'response.comment_id'),
			)
			.where('response_revision.revision', '=', 1)
			.select(['comment.city_id', 'comment.created_at', 'response_revision.published_at'])
			.execute();
		expect(await published('responses')).toEqual(
			expected(rows, (row) => dayIn(row.city_id, row.published_at)),
		);
		const told = await database.db
			.selectFrom('statistics_period')
			.where('metric', '=', 'responses')
			.select(['city_id', 'from_on', 'to_on', 'median_wait'])
			.execute();
		for (const period of told) {
			const waits = rows
				.filter((row) => row.city_id === period.city_id)
				.map((row) => [dayIn(row.city_id, row.created_at), dayIn(row.city_id, row.published_at)] as const)
				.filter(([, answered]) => answered >= period.from_on && answered <= period.to_on)
				.map(([asked, answered]) => (Date.parse(answered) - Date.parse(asked)) / 86_400_000);
			const notMore = waits.filter((wait) => wait <= Number(period.median_wait)).length;
			const notLess = waits.filter((wait) => wait >= Number(period.median_wait)).length;
			expect(Math.min(notMore, notLess)).toBeGreaterThanOrEqual(waits.length / 2);
		}
	});

	it('agree for ballots: all of an ended vote, and of an open one all but the newest days', async () => {
		const votes = await database.db
			.selectFrom('consultation')
			.select(['city_id', 'id', 'voting_ends_at'])
			.execute();
		const ballots = await database.db
			.selectFrom('participation')
			.select(['consultation_id', 'voted_on'])
			.execute();
		const told = await database.db
			.selectFrom('statistics_voting_period')
			.select(['consultation_id', 'to_on', 'ballots'])
			.orderBy('to_on')
			.execute();
		let ended = 0;
		for (const vote of votes) {
			const cast = ballots.filter((ballot) => ballot.consultation_id === vote.id);
			const periods = told.filter((period) => period.consultation_id === vote.id);
			const sum = periods.reduce((total, period) => total + period.ballots, 0);
			const endsOn = dayIn(vote.city_id, vote.voting_ends_at);
			if (endsOn <= through) {
				ended += 1;
				expect(sum).toBe(cast.length);
				expect(periods.at(-1)?.to_on).toBe(endsOn);
			} else {
				const lastDay = periods.at(-1)?.to_on ?? '';
				expect(sum).toBe(cast.filter((ballot) => ballot.voted_on <= lastDay).length);
			}
		}
		expect(ended).toBeGreaterThanOrEqual(12);
	});

	it('agree for votes by option, five and more', async () => {
		const ballots = await database.db
			.selectFrom('ballot')
			.where('is_current', '=', true)
			.select(['consultation_id', 'option_ids'])
			.execute();
		const told = await database.db
			.selectFrom('statistics_vote')
			.select(['consultation_id', 'option_id', 'votes'])
			.execute();
		expect(told.length).toBeGreaterThan(0);
		for (const option of told) {
			const votes = ballots.filter(
				(ballot) =>
					ballot.consultation_id === option.consultation_id && ballot.option_ids.includes(option.option_id),
			).length;
			expect(option.votes).toBe(votes < 5 ? null : votes);
		}
	});

	it('agree for comments by line', async () => {
		const comments = await database.db
			.selectFrom('comment')
			.select(['city_id', 'fiscal_year', 'subject_kind', 'subject_code', 'created_at'])
			.execute();
		const steps = await database.db
			.selectFrom('statistics_step')
			.select(['city_id', 'fiscal_year', 'subject_kind', 'subject_code', 'from_on', 'to_on', 'count'])
			.execute();
		expect(steps.length).toBeGreaterThan(0);
		for (const step of steps) {
			const on = comments
				.filter(
					(comment) =>
						comment.city_id === step.city_id &&
						comment.fiscal_year === step.fiscal_year &&
						comment.subject_kind === step.subject_kind &&
						comment.subject_code === step.subject_code,
				)
				.map((comment) => dayIn(comment.city_id, comment.created_at));
			expect(on.filter((day) => day >= step.from_on && day <= step.to_on)).toHaveLength(step.count);
		}
	});
});
