import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { ok, refused } from '#lib/domain/base/result.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import { SUBMISSION_AHEAD_MS } from '#lib/domain/ballot/submission.ts';
import { castBallot, findOwnBallot, redateConsultation } from '#lib/server/consultation/index.ts';
import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { aSubmission, cast, readVotes, thePaper } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { permitFor } from '#tests/support/permit.ts';

let database: TestDatabase;
let city: CityId;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	city = await aCity(database.db);
});
afterAll(async () => {
	await database.close();
});

const written = (consultation: MadeConsultation) => readVotes(database.db, consultation);

/** What the ballot page shows to its voter. */
async function ownBallot(consultation: MadeConsultation, resident: Resident) {
	const permit = permitFor(resident, 'ballot.cast', { cityId: resident.residency.cityId });
	return findOwnBallot(testApp(database.db), permit, await thePaper(database.db, consultation));
}

const nothing = { participations: [], ballots: [], current: [] };

describe('casting a ballot', () => {
	it('keeps who took part and what was chosen apart', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city, { ageBand: '60+' });
		const submissionId = aSubmission();
		expect(await cast(database.db, consultation, resident, ['04', '12'], submissionId)).toEqual(ok('cast'));

		const { participations, ballots } = await written(consultation);
		expect(participations).toMatchObject([
			{ personId: resident.residency.personId, submissionId, ageBand: '60+' },
		]);
		expect(ballots).toMatchObject([{ optionIds: ['04', '12'], isCurrent: true, replaces: null }]);
	});

	it('counts the day of voting by the clock of the city', async () => {
		const far = await aCity(database.db, { timeZone: 'Pacific/Kiritimati' });
		const behind = await aCity(database.db, { timeZone: 'Pacific/Niue' });
		const days = [];
		for (const cityId of [far, behind]) {
			const consultation = await aConsultation(database, cityId);
			await cast(database.db, consultation, await aResident(database.db, cityId), ['04']);
			days.push((await written(consultation)).participations[0]?.votedOn);
		}
		// Fourteen hours ahead of Greenwich and eleven behind: never the same day.
		expect(days[0]! > days[1]!).toBe(true);
	});

	it('takes a blank ballot', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		expect(await cast(database.db, consultation, resident, [])).toEqual(ok('cast'));
		expect((await written(consultation)).current).toMatchObject([{ optionIds: [] }]);
	});

	it('puts a later ballot in the place of the one before, which it names', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await cast(database.db, consultation, resident, ['04'], aSubmission(Date.now() - 20, resident));
		const second = aSubmission(Date.now() - 10, resident);
		expect(await cast(database.db, consultation, resident, ['06', '07'], second)).toEqual(ok('cast'));

		const { participations, ballots, current } = await written(consultation);
		expect(participations).toMatchObject([{ submissionId: second }]);
		expect(ballots).toHaveLength(2);
		expect(current).toMatchObject([
			{ optionIds: ['06', '07'], replaces: ballots.find(({ isCurrent }) => !isCurrent)?.id },
		]);
		expect(await ownBallot(consultation, resident)).toEqual(['06', '07']);
	});

	it('answers the same submission again as it did before, and casts nothing', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		const submissionId = aSubmission();
		await cast(database.db, consultation, resident, ['04'], submissionId);
		const before = await written(consultation);
		expect(await cast(database.db, consultation, resident, ['06'], submissionId)).toEqual(ok('repeated'));
		expect(await written(consultation)).toEqual(before);
	});

	it('answers a repetition also after the end: the answer may have been lost on the way', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		const submissionId = aSubmission();
		await cast(database.db, consultation, resident, ['04'], submissionId);
		await endVoting(consultation, -1);
		expect(await cast(database.db, consultation, resident, ['04'], submissionId)).toEqual(ok('repeated'));
	});

	it('refuses a form older than the ballot that stands', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await cast(database.db, consultation, resident, ['04'], aSubmission(Date.now()));
		const before = await written(consultation);
		expect(await cast(database.db, consultation, resident, ['06'], aSubmission(Date.now() - 1000))).toEqual(
			refused({ code: 'submission_replaced' }),
		);
		expect(await written(consultation)).toEqual(before);
	});

	it('refuses a form from the future, so that nobody can lock themselves out', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		const forged = aSubmission(Date.now() + 2 * SUBMISSION_AHEAD_MS);
		expect(await cast(database.db, consultation, resident, ['04'], forged)).toEqual(
			refused({ code: 'ballot_form_invalid' }),
		);
		expect(await written(consultation)).toEqual(nothing);
		expect(await cast(database.db, consultation, resident, ['04'])).toEqual(ok('cast'));
	});

	it('refuses an id that is not of version 7', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		for (const id of ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff']) {
			expect(await cast(database.db, consultation, resident, ['04'], id as never)).toEqual(
				refused({ code: 'ballot_form_invalid' }),
			);
		}
		expect(await written(consultation)).toEqual(nothing);
	});
});

/** Moves the end of voting so many milliseconds from now, by the database's clock. */
async function endVoting({ cityId, id }: MadeConsultation, milliseconds: number): Promise<void> {
	const { rows } = await sql<{ at: string }>`
		select to_char((clock_timestamp() + make_interval(secs => ${milliseconds / 1000})) at time zone 'UTC',
			'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`.execute(database.owner);
	const votingEndsAt = parseInstant(rows[0]!.at);
	await redateConsultation(database.owner, cityId, id, { votingEndsAt });
}

describe('when voting is not open', () => {
	it.each([
		['preparation', 'voting_not_open_yet'],
		['discussion', 'voting_not_open_yet'],
		['counting', 'voting_closed'],
		['answering', 'voting_closed'],
		['closed', 'voting_closed'],
	] as const)('refuses a ballot in %s and leaves no trace', async (phase, code) => {
		const consultation = await aConsultation(database, city, { phase });
		const resident = await aResident(database.db, city);
		expect(await cast(database.db, consultation, resident, ['04'])).toEqual(refused({ code }));
		expect(await written(consultation)).toEqual(nothing);
	});

	it('leaves the ballot that stands as it is', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await cast(database.db, consultation, resident, ['04'], aSubmission(Date.now() - 10));
		const before = await written(consultation);
		await endVoting(consultation, 0);
		expect(await cast(database.db, consultation, resident, ['06'])).toEqual(
			refused({ code: 'voting_closed' }),
		);
		expect(await written(consultation)).toEqual(before);
	});
});

describe('who may cast', () => {
	it('is one person once, by however many accounts', async () => {
		const consultation = await aConsultation(database, city);
		const phone = await aResident(database.db, city);
		const desk = await aResident(database.db, city, { personId: phone.residency.personId });
		await cast(database.db, consultation, phone, ['04'], aSubmission(Date.now() - 10));
		expect(await cast(database.db, consultation, desk, ['06'])).toEqual(ok('cast'));
		const { participations, current } = await written(consultation);
		expect(participations).toHaveLength(1);
		expect(current).toMatchObject([{ optionIds: ['06'] }]);
	});

	it('is told that a ballot of another account stands, not what it says', async () => {
		const consultation = await aConsultation(database, city);
		const early = await aResident(database.db, city);
		const voter = await aResident(database.db, city, { personId: early.residency.personId });
		await cast(database.db, consultation, voter, ['04'], aSubmission(Date.now() - 10, voter));
		const late = await aResident(database.db, city, { personId: voter.residency.personId });
		expect(await ownBallot(consultation, voter)).toEqual(['04']);
		expect(await ownBallot(consultation, early)).toBe('by_another_account');
		expect(await ownBallot(consultation, late)).toBe('by_another_account');

		expect(await cast(database.db, consultation, late, ['06'])).toEqual(ok('cast'));
		expect(await ownBallot(consultation, late)).toEqual(['06']);
		expect(await ownBallot(consultation, voter)).toBe('by_another_account');
	});

	it('is nobody whose residency has ended since the page was opened', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await endResidency(resident.accountId);
		expect(await cast(database.db, consultation, resident, ['04'])).toEqual(
			refused({ code: 'residency_missing' }),
		);
		expect(await written(consultation)).toEqual(nothing);
	});

	it('is nobody who claims to be another person', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		const other = await aResident(database.db, city);
		const claimed = { ...resident, residency: other.residency };
		expect(await cast(database.db, consultation, claimed, ['04'])).toEqual(
			refused({ code: 'residency_missing' }),
		);
		expect(await written(consultation)).toEqual(nothing);
	});

	it('is nobody from another city', async () => {
		const elsewhere = await aCity(database.db);
		const consultation = await aConsultation(database, city);
		const stranger = await aResident(database.db, elsewhere);
		expect(await cast(database.db, consultation, stranger, ['04'])).toEqual(
			refused({ code: 'residency_missing' }),
		);
		expect(await written(consultation)).toEqual(nothing);
	});

	it('keeps the ballot of somebody whose residency ends afterwards', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await cast(database.db, consultation, resident, ['04']);
		await endResidency(resident.accountId);
		expect((await written(consultation)).current).toHaveLength(1);
	});
});

async function endResidency(accountId: string): Promise<void> {
	await database.db
		.updateTable('residency')
		.set({ ended_at: parseInstant(new Date().toISOString()) })
		.where('account_id', '=', accountId as never)
		.execute();
}

describe('casting at once', () => {
	const ROUNDS = 5;
	const CASTS = 50;

	it('over two pools and two accounts leaves the last acknowledged ballot, and refuses the older ones', async () => {
		const other = openDatabase(openPool(database.url, CASTS / 2, { info() {}, warn() {}, error() {} }));
		const phone = await aResident(database.db, city);
		const desk = await aResident(database.db, city, { personId: phone.residency.personId });
		for (let round = 0; round < ROUNDS; round++) {
			const consultation = await aConsultation(database, city);
			const paper = await thePaper(database.db, consultation);
			const start = Date.now() - CASTS;
			const forms = Array.from({ length: CASTS }, (_, index) => ({
				submissionId: aSubmission(start + index),
				optionIds: [...paper.optionIds.filter((_, place) => (index >> place) % 2 === 1)].slice(0, 3),
				resident: index % 2 ? phone : desk,
				db: index % 4 < 2 ? database.db : other,
			}));
			const outcomes = await Promise.all(
				forms
					.toSorted(() => Math.random() - 0.5)
					.map(async (form) => ({
						...form,
						result: await castBallot(
							testApp(form.db),
							permitFor(form.resident, 'ballot.cast', { cityId: city }),
							paper,
							form,
							form.submissionId,
						),
					})),
			);
			const acknowledged = outcomes.filter(({ result }) => result.ok);
			expect(outcomes.filter(({ result }) => !result.ok).map(({ result }) => result)).toEqual(
				Array(CASTS - acknowledged.length).fill(refused({ code: 'submission_replaced' })),
			);
			const { participations, ballots, current } = await written(consultation);
			expect(participations).toMatchObject([{ submissionId: forms.at(-1)?.submissionId }]);
			expect(current).toMatchObject([{ optionIds: forms.at(-1)?.optionIds }]);
			expect(ballots).toHaveLength(acknowledged.length);
		}
		await other.destroy();
	});
});

describe('the database itself', () => {
	const SOME_ID = sql`'00000000-0000-0000-0000-000000000000'`;
	const IN_ONE = sql`city_id = 'any' and consultation_id = '00000000-0000-0000-0000-000000000000'`;

	it.each([
		['an option of another consultation', ['04', '13']],
		['an option twice', ['04', '04']],
		['more options than allowed', ['04', '06', '07', '08']],
	])('throws on %s, which the domain has refused before', async (_, optionIds) => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await expect(cast(database.db, consultation, resident, optionIds)).rejects.toMatchObject({
			constraint: 'ballot_options_valid',
		});
		expect(await written(consultation)).toEqual(nothing);
	});

	it('lets the role that serves write neither ballots nor participations but through the function', async () => {
		const consultation = await aConsultation(database, city);
		await cast(database.db, consultation, await aResident(database.db, city), ['04']);
		for (const statement of [
			sql`update ballot set option_ids = '{}'`,
			sql`delete from ballot`,
			sql`insert into ballot (city_id, consultation_id, pseudonym, option_ids)
				values (${city}, ${consultation.id}, '\\x00', '{04}')`,
			sql`update participation set submission_id = gen_random_uuid()`,
			sql`delete from participation`,
		]) {
			await expect(statement.execute(database.db)).rejects.toMatchObject({ code: '42501' });
		}
	});

	it('cannot hold two current ballots under one pseudonym, whatever wrote them', async () => {
		const consultation = await aConsultation(database, city);
		await cast(database.db, consultation, await aResident(database.db, city), ['04']);
		const second = sql`
			insert into ballot (city_id, consultation_id, pseudonym, option_ids)
			select city_id, consultation_id, pseudonym, '{06}' from ballot where consultation_id = ${consultation.id}`;
		await expect(second.execute(database.owner)).rejects.toMatchObject({
			constraint: 'ballot_one_current_per_pseudonym',
		});
	});

	it.each([
		// What the foreign key of `replaces` asks at each change of mind.
		['by its id', 'ballot_pkey', sql`select from ballot where ${IN_ONE} and id = ${SOME_ID} for key share`],
		[
			'by its pseudonym',
			'ballot_one_current_per_pseudonym',
			sql`update ballot set is_current = false where ${IN_ONE} and pseudonym = '\\x00' and is_current`,
		],
	])(
		'finds a ballot %s without reading the others, however little is known of the table',
		async (_, index, statement) => {
			const consultation = await aConsultation(database, city);
			await cast(database.db, consultation, await aResident(database.db, city), ['04']);
			const plan = await database.owner.transaction().execute(async (tx) => {
				await sql`set local enable_seqscan = off`.execute(tx);
				const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${statement}`.execute(tx);
				return rows.map((row) => row['QUERY PLAN']).join('\n');
			});
			expect(plan).toContain(` using ${index} on ballot`);
		},
	);

	it('holds no column by which a ballot could tell its time or its person', async () => {
		const { rows } = await sql<{ column: string; type: string }>`
			select column_name as "column", data_type as "type" from information_schema.columns
			where table_name = 'ballot' order by column_name`.execute(database.db);
		expect(rows.map(({ column }) => column)).toEqual([
			'city_id',
			'consultation_id',
			'id',
			'is_current',
			'option_ids',
			'pseudonym',
			'replaces',
		]);
		expect(rows.some(({ type }) => /time|date/.test(type))).toBe(false);
	});

	it('gives a ballot an id that does not tell its time', async () => {
		const consultation = await aConsultation(database, city);
		await cast(database.db, consultation, await aResident(database.db, city), ['04']);
		const { ballots } = await written(consultation);
		expect(ballots[0]?.id[14]).toBe('4');
	});

	it('needs the key to go from a person to a ballot', async () => {
		const consultation = await aConsultation(database, city);
		const resident = await aResident(database.db, city);
		await cast(database.db, consultation, resident, ['04']);
		expect(await ownBallot(consultation, resident)).toEqual(['04']);
		expect(await ownBallot(consultation, await aResident(database.db, city))).toBeNull();
		await database.owner
			.deleteFrom('consultation_key')
			.where('consultation_id', '=', consultation.id)
			.execute();
		await expect(thePaper(database.db, consultation)).rejects.toThrow('no ballot paper');
	});
});
