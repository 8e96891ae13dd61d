import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseInstant, type Instant } from '#lib/domain/base/time.ts';
import { redateConsultation } from '#lib/server/consultation/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { readVotes } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { untilSomeoneWaits } from '#tests/support/waiting.ts';
import {
	actions,
	load,
} from '../../src/routes/[lang=lang]/[city=city]/consultations/[slug=slug]/ballot/+page.server.ts';

let database: TestDatabase;
let consultation: MadeConsultation;
let resident: Resident;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
});
afterAll(async () => {
	await database.close();
});
beforeEach(async () => {
	const cityId = await aCity(database.db);
	consultation = await aConsultation(database, cityId);
	resident = await aResident(database.db, cityId);
});

const written = () => readVotes(database.db, consultation);

describe('E02 only the clock of the database counts', () => {
	const TEN_MINUTES_MS = 600_000;

	/** The page's own code with a server whose clock goes wrong by so much. */
	function requestWithClock(offsetMs: number, form?: URLSearchParams) {
		const clock = (): Instant => parseInstant(new Date(Date.now() + offsetMs).toISOString());
		const { cityId: city, slug } = consultation;
		const url = new URL(`http://test/kk/${city}/consultations/${slug}/ballot`);
		return {
			locals: { app: testApp(database.db, { clock }), actor: resident },
			params: { lang: 'kk', city, slug },
			request: new Request(url, form === undefined ? {} : { method: 'POST', body: form }),
			url,
		} as never;
	}

	type Returned = { submissionId: string };
	type Failure = { status: number; data: { refusal: { code: string } } };

	async function voteWithClock(offsetMs: number, end?: () => Promise<void>): Promise<unknown> {
		const choice = (more: Record<string, string> = {}) => new URLSearchParams({ option: '04', ...more });
		const { submissionId } = (await actions['review']!(requestWithClock(offsetMs, choice()))) as Returned;
		await end?.();
		return await Promise.resolve(
			actions['cast']!(requestWithClock(offsetMs, choice({ submissionId }))),
		).catch((thrown: unknown) => thrown);
	}

	/** By the database's clock, so many milliseconds from now. */
	const endVoting = (milliseconds: number) =>
		redateConsultation(database.owner, consultation.cityId, consultation.id, {
			votingEndsAt: parseInstant(new Date(Date.now() + milliseconds).toISOString()),
		});

	it.each([-TEN_MINUTES_MS, 0, TEN_MINUTES_MS])(
		'a vote one millisecond after closing is refused with the server’s clock off by %i ms',
		async (offsetMs) => {
			const failed = (await voteWithClock(offsetMs, () => endVoting(-1))) as Failure;
			expect(failed).toMatchObject({ status: 409, data: { refusal: { code: 'voting_closed' } } });
			expect(await written()).toMatchObject({ participations: [], ballots: [] });
		},
	);

	it.each([-TEN_MINUTES_MS, 0, TEN_MINUTES_MS])(
		'a vote before closing is accepted with the server’s clock off by %i ms',
		async (offsetMs) => {
			await endVoting(TEN_MINUTES_MS / 2);
			const redirected = await voteWithClock(offsetMs);
			expect(redirected).toMatchObject({ status: 303 });
			expect((await written()).current).toHaveLength(1);
			const { own } = (await load(requestWithClock(offsetMs))) as { own: string[] };
			expect(own).toEqual(['04']);
		},
	);

	it('a cast that waits past the end for its turn is refused', async () => {
		let casting: Promise<unknown> | undefined;
		await database.owner.transaction().execute(async (tx) => {
			await tx
				.selectFrom('person')
				.where('id', '=', resident.residency.personId)
				.select('id')
				.forUpdate()
				.execute();
			const endsAt = Date.now() + 500;
			await endVoting(500);
			casting = voteWithClock(0);
			await untilSomeoneWaits(database);
			await expect.poll(() => Date.now()).toBeGreaterThan(endsAt);
		});
		expect(await casting).toMatchObject({ status: 409, data: { refusal: { code: 'voting_closed' } } });
		expect((await written()).ballots).toEqual([]);
	});
});
