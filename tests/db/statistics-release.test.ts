import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { publishRelease } from '#lib/server/statistics/index.ts';
import { publishReleaseOf } from '#lib/server/statistics/publish-release.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aCity, addBallots, addComments, addResidents, aVote, shiftDay } from '#tests/support/history.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database.close();
});

/** Each test has a database of its own: releases are one a day for all cities. */
async function withFreshDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
	const fresh = await createTestDatabase();
	try {
		await work(fresh);
	} finally {
		await fresh.close();
	}
}

async function periodsOf({ db }: TestDatabase, metric: 'residents' | 'comments' | 'responses') {
	const rows = await db
		.selectFrom('statistics_period')
		.where('metric', '=', metric)
		.select(['city_id', 'from_on', 'to_on', 'count', 'median_wait', 'released_on'])
		.orderBy('city_id')
		.orderBy('from_on')
		.execute();
	return rows.map((row) => `${row.city_id} ${row.from_on}..${row.to_on} ${row.count}`);
}

async function votingPeriodsOf({ db }: TestDatabase) {
	const rows = await db
		.selectFrom('statistics_voting_period')
		.select(['from_on', 'to_on', 'ballots'])
		.orderBy('from_on')
		.execute();
	return rows.map((row) => `${row.from_on}..${row.to_on} ${row.ballots}`);
}

async function stepsOf({ db }: TestDatabase) {
	const rows = await db
		.selectFrom('statistics_step')
		.select(['subject_code', 'from_on', 'to_on', 'count'])
		.orderBy('subject_code')
		.orderBy('from_on')
		.execute();
	return rows.map((row) => `${row.subject_code} ${row.from_on}..${row.to_on} ${row.count}`);
}

const day = parseCivilDate;

describe('a release of participation statistics', () => {
	it('is not made while nothing has happened', async () => {
		await aCity(database.owner, 'empty', { position: 1 });
		expect(await publishRelease(database)).toBeNull();
	});

	it('is made once a day by the database clock, however many ask at once', async () => {
		await withFreshDatabase(async (fresh) => {
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			const today = await todayIn(fresh, 'Asia/Almaty');
			await addComments(fresh.owner, city, '07', shiftDay(today, -3), 7);
			const made = await Promise.all(Array.from({ length: 8 }, () => publishRelease(fresh)));
			expect(made.filter((released) => released !== null)).toEqual([today]);
			expect(await periodsOf(fresh, 'comments')).toEqual([
				`taraz ${shiftDay(today, -3)}..${shiftDay(today, -3)} 7`,
			]);
			expect(await publishRelease(fresh)).toBeNull();
		});
	});

	it('tells nothing of the day that is not over', async () => {
		await withFreshDatabase(async (fresh) => {
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			await addComments(fresh.owner, city, '07', '2026-11-01', 5);
			await addComments(fresh.owner, city, '07', '2026-11-02', 50);
			await publishReleaseOf(fresh, day('2026-11-02'));
			expect(await periodsOf(fresh, 'comments')).toEqual(['taraz 2026-11-01..2026-11-01 5']);
		});
	});

	it('adds days up until there are five, and only adds to earlier releases', async () => {
		await withFreshDatabase(async (fresh) => {
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			await addResidents(fresh.owner, city, '2026-11-01', 3);
			await addResidents(fresh.owner, city, '2026-11-03', 4);
			await addResidents(fresh.owner, city, '2026-11-04', 2);
			await publishReleaseOf(fresh, day('2026-11-03'));
			expect(await periodsOf(fresh, 'residents')).toEqual([]);
			await publishReleaseOf(fresh, day('2026-11-05'));
			expect(await periodsOf(fresh, 'residents')).toEqual(['taraz 2026-11-01..2026-11-03 7']);
			await addResidents(fresh.owner, city, '2026-11-09', 3);
			await publishReleaseOf(fresh, day('2026-11-10'));
			expect(await periodsOf(fresh, 'residents')).toEqual([
				'taraz 2026-11-01..2026-11-03 7',
				'taraz 2026-11-04..2026-11-09 5',
			]);
		});
	});

	it('refuses a day before the newest release', async () => {
		await withFreshDatabase(async (fresh) => {
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			await addComments(fresh.owner, city, '07', '2026-11-01', 5);
			expect(await publishReleaseOf(fresh, day('2026-11-05'))).toBe('2026-11-05');
			expect(await publishReleaseOf(fresh, day('2026-11-04'))).toBeNull();
			expect(await publishReleaseOf(fresh, day('2026-11-05'))).toBeNull();
		});
	});

	it('cuts days on the clock of each city', async () => {
		await withFreshDatabase(async (fresh) => {
			const { owner } = fresh;
			const near = await aCity(owner, 'near', { position: 1, timeZone: 'Asia/Almaty' });
			const far = await aCity(owner, 'far', { position: 2, timeZone: 'Pacific/Honolulu' });
			await addComments(owner, near, '07', '2026-11-02', 5, { time: '00:00' });
			await addComments(owner, near, '07', '2026-11-02', 6, { time: '23:59:59.999' });
			await addComments(owner, far, '07', '2026-11-02', 7, { time: '23:59:59.999' });
			await addComments(owner, far, '07', '2026-11-03', 8, { time: '00:00' });
			await publishReleaseOf(fresh, day('2026-11-04'));
			expect(await periodsOf(fresh, 'comments')).toEqual([
				'far 2026-11-02..2026-11-02 7',
				'far 2026-11-03..2026-11-03 8',
				'near 2026-11-02..2026-11-02 11',
			]);
		});
	});

	it('counts a person once, whatever accounts and moves they have', async () => {
		await withFreshDatabase(async (fresh) => {
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			await addResidents(fresh.owner, city, '2026-11-01', 5);
			// The same five persons confirm again, by second accounts, a week later.
			await sql`
				with again as (
					insert into account (id, email, email_key, password_hash, display_name, language)
					select gen_random_uuid(), 'again' || email, 'again' || email, 'x', 'x', 'kk' from account
					returning id, substr(email, 6) as first_email
				)
				insert into residency (city_id, account_id, person_id, method, verified_at)
				select residency.city_id, again.id, residency.person_id, 'code', residency.verified_at + interval '7 days'
				from again
				join account on account.email = again.first_email
				join residency on residency.account_id = account.id`.execute(fresh.owner);
			await publishReleaseOf(fresh, day('2026-11-20'));
			expect(await periodsOf(fresh, 'residents')).toEqual(['taraz 2026-11-01..2026-11-01 5']);
		});
	});

	it('tells the middle of the days that answers took, by the day of the answer', async () => {
		await withFreshDatabase(async (fresh) => {
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			const written = ['2026-11-01', '2026-11-02', '2026-11-05', '2026-11-08', '2026-11-09', '2026-11-10'];
			for (const on of written) {
				await addComments(fresh.owner, city, '07', on, 1, { answeredOn: '2026-11-11' });
			}
			await addComments(fresh.owner, city, '04', '2026-11-01', 4, { answeredOn: '2026-11-12' });
			await publishReleaseOf(fresh, day('2026-11-20'));
			const rows = await fresh.db
				.selectFrom('statistics_period')
				.where('metric', '=', 'responses')
				.select(['to_on', 'count', 'median_wait'])
				.execute();
			// Waits of 10, 9, 6, 3, 2 and 1 days; the four of the 12th wait for a fifth.
			expect(rows).toEqual([{ to_on: '2026-11-11', count: 6, median_wait: '4.5' }]);
		});
	});

	it('holds back the last period of an open vote and counts every ballot once it is over', async () => {
		await withFreshDatabase(async (fresh) => {
			const { owner } = fresh;
			const city = await aCity(owner, 'taraz', { position: 1 });
			const vote = await aVote(owner, city, {
				opensOn: '2026-11-01',
				endsOn: '2026-11-05',
				countedOn: '2026-11-07',
			});
			await addBallots(owner, city, vote, '2026-11-01', 6, ['01', '07']);
			await addBallots(owner, city, vote, '2026-11-03', 5, ['07']);
			await addBallots(owner, city, vote, '2026-11-05', 2, ['04']);
			await publishReleaseOf(fresh, day('2026-11-03'));
			expect(await votingPeriodsOf(fresh)).toEqual([]);
			await publishReleaseOf(fresh, day('2026-11-04'));
			expect(await votingPeriodsOf(fresh)).toEqual(['2026-11-01..2026-11-01 6']);
			await publishReleaseOf(fresh, day('2026-11-06'));
			expect(await votingPeriodsOf(fresh)).toEqual(['2026-11-01..2026-11-01 6', '2026-11-02..2026-11-05 7']);
			await publishReleaseOf(fresh, day('2026-11-09'));
			expect(await votingPeriodsOf(fresh)).toHaveLength(2);
		});
	});

	it('tells votes by option once counting has ended, never before, and none below five', async () => {
		await withFreshDatabase(async (fresh) => {
			const { owner } = fresh;
			const city = await aCity(owner, 'taraz', { position: 1 });
			const vote = await aVote(owner, city, {
				opensOn: '2026-11-01',
				endsOn: '2026-11-05',
				countedOn: '2026-11-07',
			});
			await addBallots(owner, city, vote, '2026-11-02', 5, ['01', '07']);
			await addBallots(owner, city, vote, '2026-11-02', 4, ['04', '07']);
			await addBallots(owner, city, vote, '2026-11-02', 1, []);
			const votes = () =>
				fresh.db.selectFrom('statistics_vote').select(['option_id', 'votes']).orderBy('option_id').execute();
			await publishReleaseOf(fresh, day('2026-11-07'));
			expect(await votes()).toEqual([]);
			await publishReleaseOf(fresh, day('2026-11-08'));
			expect(await votes()).toEqual([
				{ option_id: '01', votes: 5 },
				{ option_id: '04', votes: null },
				{ option_id: '07', votes: 9 },
			]);
			await publishReleaseOf(fresh, day('2026-11-09'));
			expect(await votes()).toHaveLength(3);
		});
	});

	it('does not count a ballot that was replaced', async () => {
		await withFreshDatabase(async (fresh) => {
			const { owner } = fresh;
			const city = await aCity(owner, 'taraz', { position: 1 });
			const vote = await aVote(owner, city, { opensOn: '2026-11-01', endsOn: '2026-11-05' });
			await addBallots(owner, city, vote, '2026-11-02', 6, ['01']);
			await sql`
				with replaced as (update ballot set is_current = false returning *)
				insert into ballot (city_id, consultation_id, pseudonym, option_ids, replaces)
				select city_id, consultation_id, pseudonym, '{07}', id from replaced`.execute(owner);
			await publishReleaseOf(fresh, day('2026-11-08'));
			const votes = await fresh.db.selectFrom('statistics_vote').select(['option_id', 'votes']).execute();
			expect(votes.filter((option) => option.votes !== null)).toEqual([{ option_id: '07', votes: 6 }]);
		});
	});

	it('tells a line when five comments have come since it was last told', async () => {
		await withFreshDatabase(async (fresh) => {
			const { owner } = fresh;
			const city = await aCity(owner, 'taraz', { position: 1 });
			await addComments(owner, city, '07', '2026-11-01', 6);
			await addComments(owner, city, '04', '2026-11-01', 3);
			await addComments(owner, city, '01', '2026-11-01', 3);
			await publishReleaseOf(fresh, day('2026-11-02'));
			expect(await stepsOf(fresh)).toEqual(['07 2026-11-01..2026-11-01 6']);
			await addComments(owner, city, '07', '2026-11-02', 5);
			await addComments(owner, city, '04', '2026-11-02', 3);
			await publishReleaseOf(fresh, day('2026-11-03'));
			// Line 07 has five new ones too, but told with 04 it would leave the three of line 01 for a subtraction.
			expect(await stepsOf(fresh)).toEqual(['04 2026-11-01..2026-11-02 6', '07 2026-11-01..2026-11-01 6']);
			await addComments(owner, city, '01', '2026-11-03', 6);
			await publishReleaseOf(fresh, day('2026-11-04'));
			expect(await stepsOf(fresh)).toEqual([
				'01 2026-11-01..2026-11-03 9',
				'04 2026-11-01..2026-11-02 6',
				'07 2026-11-01..2026-11-01 6',
				'07 2026-11-02..2026-11-03 5',
			]);
		});
	});

	it('cannot be changed by the app afterwards', async () => {
		for (const table of ['release', 'period', 'voting_period', 'step', 'vote']) {
			const name = sql.table(`statistics_${table}`);
			await expect(sql`delete from ${name}`.execute(database.db)).rejects.toThrow('permission denied');
			await expect(sql`update ${name} set released_on = released_on`.execute(database.db)).rejects.toThrow(
				'permission denied',
			);
		}
	});

	it('says that its people are simulated where they are', async () => {
		await withFreshDatabase(async (fresh) => {
			const city = await aCity(fresh.owner, 'taraz', { position: 1 });
			await addComments(fresh.owner, city, '07', '2026-11-01', 5);
			await publishReleaseOf(fresh, day('2026-11-02'));
			await sql`insert into demonstration (seed) values (1)`.execute(fresh.owner);
			await publishReleaseOf(fresh, day('2026-11-03'));
			const rows = await fresh.db
				.selectFrom('statistics_release')
				.select(['released_on', 'simulated'])
				.orderBy('released_on')
				.execute();
			expect(rows.map((row) => row.simulated)).toEqual([false, true]);
		});
	});
});

async function todayIn({ owner }: TestDatabase, timeZone: string): Promise<string> {
	const { rows } = await sql<{ today: string }>`
		select ((clock_timestamp() - interval '5 minutes') at time zone ${timeZone})::date as today`.execute(owner);
	return rows[0]!.today;
}
