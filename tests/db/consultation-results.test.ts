import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import {
	countBallots,
	listOptionResults,
	listSubjectResults,
	redateConsultation,
} from '#lib/server/consultation/index.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { aSubmission, cast } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, datesIn, type MadeConsultation } from '#tests/support/factories/consultation.ts';

let database: TestDatabase;
let city: CityId;
let residents: readonly Resident[];
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	city = await aCity(database.db);
	residents = await Promise.all(Array.from({ length: 6 }, () => aResident(database.db, city)));
});
afterAll(async () => {
	await database.close();
});

/** One ballot a resident, in turn. */
async function vote(consultation: MadeConsultation, ballots: readonly (readonly string[])[]): Promise<void> {
	for (const [index, optionIds] of ballots.entries()) {
		const result = await cast(database.db, consultation, residents[index]!, optionIds);
		if (!result.ok) throw new Error(result.refusal.code);
	}
}

const BALLOTS = [['04', '07'], ['07'], ['07', '12', '04'], ['08'], [], ['12', '08']];

describe('before the count has ended', () => {
	it.each(['voting', 'counting'] as const)('nothing is known of any ballot in %s', async (phase) => {
		const consultation = await aConsultation(database, city);
		await vote(consultation, BALLOTS);
		await redateConsultation(database.owner, city, consultation.id, datesIn(phase));
		expect(await countBallots(database.db, city, consultation.id)).toBeNull();
		expect(await listOptionResults(database.db, city, consultation.id, 'kk')).toEqual([]);
		const subject = { cityId: city, fiscalYear: 2027, kind: 'expenditure', code: '07' } as const;
		const results = await listSubjectResults(database.db, subject, 'kk');
		expect(results.map(({ slug }) => slug)).not.toContain(consultation.slug);
	});
});

describe('the result', () => {
	it('is the votes of each option, equal ones sharing a rank, in the order of votes and paper', async () => {
		const consultation = await aConsultation(database, city);
		await vote(consultation, BALLOTS);
		await redateConsultation(database.owner, city, consultation.id, datesIn('answering'));
		expect(await countBallots(database.db, city, consultation.id)).toEqual({ ballots: 6, blank: 1 });
		const results = await listOptionResults(database.db, city, consultation.id, 'kk');
		expect(results.map(({ id, votes, rank }) => [id, votes, rank])).toEqual([
			['07', 3, 1],
			['04', 2, 2],
			['08', 2, 2],
			['12', 2, 2],
			['06', 0, 5],
		]);
		expect(results[0]).toMatchObject({ kind: 'expenditure', code: '07', alias: '07', fiscalYear: 2027 });
		expect(results[0]?.name.language).toBe('kk');
	});

	it('counts the ballot that stands, not those that it replaced', async () => {
		const consultation = await aConsultation(database, city);
		const [resident] = residents;
		for (const [index, option] of ['04', '06', '12'].entries()) {
			await cast(database.db, consultation, resident!, [option], aSubmission(Date.now() - 100 + index));
		}
		await redateConsultation(database.owner, city, consultation.id, datesIn('closed'));
		expect(await countBallots(database.db, city, consultation.id)).toEqual({ ballots: 1, blank: 0 });
		const results = await listOptionResults(database.db, city, consultation.id, 'kk');
		expect(results.filter(({ votes }) => votes > 0).map(({ id }) => id)).toEqual(['12']);
	});

	it('is there when nobody has voted', async () => {
		const consultation = await aConsultation(database, city, { phase: 'closed' });
		expect(await countBallots(database.db, city, consultation.id)).toEqual({ ballots: 0, blank: 0 });
		const results = await listOptionResults(database.db, city, consultation.id, 'kk');
		expect(results.map(({ votes, rank }) => [votes, rank])).toEqual(Array(5).fill([0, 1]));
	});

	it('mixes nothing with another consultation of the same lines', async () => {
		const first = await aConsultation(database, city);
		const second = await aConsultation(database, city);
		await vote(first, [['04'], ['04']]);
		await vote(second, [['04']]);
		for (const { id } of [first, second]) {
			await redateConsultation(database.owner, city, id, datesIn('closed'));
		}
		const [one] = await listOptionResults(database.db, city, first.id, 'kk');
		const [two] = await listOptionResults(database.db, city, second.id, 'kk');
		expect([one?.votes, two?.votes]).toEqual([2, 1]);
	});
});

describe('the votes for one line', () => {
	it('are listed for each counted consultation that asked about it, the latest first, as on its own page', async () => {
		const own = await aCity(database.db);
		const voters = await Promise.all(Array.from({ length: 3 }, () => aResident(database.db, own)));
		const older = await aConsultation(database, own);
		const newer = await aConsultation(database, own);
		const another = await aConsultation(database, own, { fiscalYear: 2026 });
		for (const [consultation, ballots] of [
			[older, [['04'], ['04', '07'], ['04']]],
			[newer, [['07'], ['07'], []]],
			[another, [['07'], ['07'], ['07']]],
		] as const) {
			for (const [index, optionIds] of ballots.entries()) {
				await cast(database.db, consultation, voters[index]!, optionIds);
			}
		}
		await redateConsultation(database.owner, own, older.id, datesIn('closed'));
		await redateConsultation(database.owner, own, newer.id, datesIn('answering'));
		await redateConsultation(database.owner, own, another.id, datesIn('closed'));

		const subject = { cityId: own, fiscalYear: 2027, kind: 'expenditure', code: '07' } as const;
		const results = await listSubjectResults(database.db, subject, 'ru');
		expect(results).toMatchObject([
			{ slug: newer.slug, votes: 2, ballots: 3, rank: 1, optionCount: 5, title: { language: 'ru' } },
			{ slug: older.slug, votes: 1, ballots: 3, rank: 2, optionCount: 5 },
		]);
		const page = await listOptionResults(database.db, own, older.id, 'ru');
		expect(page.find(({ code }) => code === '07')).toMatchObject({ votes: 1, rank: 2 });
	});

	it('are none for a line that was never voted on', async () => {
		const subject = { cityId: city, fiscalYear: 2027, kind: 'expenditure', code: '15' } as const;
		expect(await listSubjectResults(database.db, subject, 'kk')).toEqual([]);
	});
});
