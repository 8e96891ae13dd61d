import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubmissionId } from '#lib/domain/base/ids.ts';
import { parseInstant, type Instant } from '#lib/domain/base/time.ts';
import { redateConsultation } from '#lib/server/consultation/index.ts';
import { m } from '#lib/paraglide/messages.js';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { startTestServer } from '#tests/support/server.ts';
import { submissionIn, Voter } from '#tests/support/voter.ts';
import { untilSomeoneWaits } from '#tests/support/waiting.ts';
import {
	actions,
	load,
} from '../../src/routes/[lang=lang]/[city=city]/consultations/[slug]/ballot/+page.server.ts';

const GROUPS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'];
const options = GROUPS.map((code) => ({ kind: 'expenditure' as const, code }));

let database: TestDatabase;
let servers: readonly [BuiltServer, BuiltServer];
let consultation: MadeConsultation;
let resident: Resident;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	servers = [await startTestServer(database), await startTestServer(database)];
});
afterAll(async () => {
	await Promise.all(servers.map((server) => server.stop()));
	await database.close();
});

async function aVote(): Promise<void> {
	const cityId = await aCity(database.db);
	consultation = await aConsultation(database, cityId, { options, maxOptions: 5 });
	resident = await aResident(database.db, cityId);
}

const aVoter = (server: BuiltServer = servers[0], who: Resident = resident) =>
	Voter.signIn(database, server.url, who, consultation);

/** What lies in the database: the last acknowledged submission of each person, and every ballot. */
async function written() {
	const [participations, ballots] = await Promise.all([
		database.db
			.selectFrom('participation')
			.where('consultation_id', '=', consultation.id)
			.select('submission_id as submissionId')
			.execute(),
		database.db
			.selectFrom('ballot')
			.where('consultation_id', '=', consultation.id)
			.select(['id', 'option_ids as optionIds', 'is_current as isCurrent', 'replaces'])
			.execute(),
	]);
	return { participations, ballots, current: ballots.filter(({ isCurrent }) => isCurrent) };
}

describe('E01', () => {
	const CASTS = 50;

	/** Fifty different choices, each with a form a millisecond younger than the one before. */
	const forms = () => {
		const start = Date.now() - CASTS;
		return Array.from({ length: CASTS }, (_, index) => ({
			id: aSubmission(start + index),
			optionIds: GROUPS.filter((_, group) => ((index + 1) >> group) % 2 === 1),
		}));
	};

	it('fifty casts of one resident at once over two app processes leave one ballot, the last acknowledged', async () => {
		await aVote();
		const secondAccount = await aResident(database.db, consultation.cityId, {
			personId: resident.residency.personId,
		});
		const voters = await Promise.all(
			[resident, secondAccount].flatMap((who) => servers.map((server) => aVoter(server, who))),
		);
		const sent = forms();
		const answers = await Promise.all(
			sent.map(async ({ id, optionIds }, index) => {
				const { status } = await voters[index % voters.length]!.cast(id, optionIds);
				return { id, optionIds, status };
			}),
		);
		expect(answers.every(({ status }) => status === 303 || status === 409)).toBe(true);

		const acknowledged = answers.filter(({ status }) => status === 303);
		const last = acknowledged.toSorted((first, second) => (first.id < second.id ? -1 : 1)).at(-1)!;
		const { participations, ballots, current } = await written();
		expect(last.id).toBe(sent.at(-1)!.id);
		expect(participations).toEqual([{ submissionId: last.id }]);
		expect(current.map(({ optionIds }) => optionIds)).toEqual([last.optionIds]);
		// Every acknowledged ballot is there, each replaced by exactly the next one.
		expect(ballots).toHaveLength(acknowledged.length);
		expect(new Set(ballots.map(({ replaces }) => replaces)).size).toBe(ballots.length);
	});

	it('one form sent fifty times at once is one ballot, and is accepted every time', async () => {
		await aVote();
		const voters = await Promise.all(servers.map((server) => aVoter(server)));
		const id = aSubmission();
		const answers = await Promise.all(
			Array.from({ length: CASTS }, (_, index) => voters[index % 2]!.cast(id, ['04', '07'])),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
		const { ballots, participations } = await written();
		expect(ballots).toHaveLength(1);
		expect(participations).toEqual([{ submissionId: id }]);
	});
});

describe('E02', () => {
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
			await aVote();
			const failed = (await voteWithClock(offsetMs, () => endVoting(-1))) as Failure;
			expect(failed).toMatchObject({ status: 409, data: { refusal: { code: 'voting_closed' } } });
			expect(await written()).toMatchObject({ participations: [], ballots: [] });
		},
	);

	it.each([-TEN_MINUTES_MS, 0, TEN_MINUTES_MS])(
		'a vote before closing is accepted with the server’s clock off by %i ms',
		async (offsetMs) => {
			await aVote();
			await endVoting(TEN_MINUTES_MS / 2);
			const redirected = await voteWithClock(offsetMs);
			expect(redirected).toMatchObject({ status: 303 });
			expect((await written()).current).toHaveLength(1);
			const { own } = (await load(requestWithClock(offsetMs))) as { own: string[] };
			expect(own).toEqual(['04']);
		},
	);

	it('a cast that waits past the end for its turn is refused', async () => {
		await aVote();
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

describe('E04', () => {
	const inKazakh = { locale: 'kk' } as const;

	it.each([
		['an option of no ballot', ['04', '99'], {}, m.refusal_ballot_option_unknown({}, inKazakh)],
		['an option twice', ['04', '04'], {}, m.refusal_ballot_option_twice({}, inKazakh)],
		['six of five', GROUPS.slice(0, 6), {}, m.refusal_ballot_too_many_options({ max: 5 }, inKazakh)],
		['nothing', [], {}, m.refusal_ballot_too_few_options({}, inKazakh)],
		['blank and not', ['04'], { blank: 'yes' }, m.refusal_ballot_blank_with_options({}, inKazakh)],
	])('%s is refused by name, and the earlier ballot stays', async (_, optionIds, more, words) => {
		await aVote();
		const voter = await aVoter();
		expect((await voter.cast(aSubmission(), ['07'])).status).toBe(303);
		const before = await written();
		for (const answer of [
			await voter.cast(aSubmission(), optionIds, more),
			await voter.review(optionIds, more),
		]) {
			expect(answer.status).toBe(400);
			expect(answer.body).toContain(words);
		}
		expect(await written()).toEqual(before);
	});

	it('an option of another consultation is refused by name', async () => {
		await aVote();
		const voter = await aVoter();
		await aConsultation(database, consultation.cityId, {
			maxOptions: 1,
			options: ['14', '15'].map((code) => ({ kind: 'expenditure', code })),
		});
		const answer = await voter.cast(aSubmission(), ['14']);
		expect(answer.body).toContain(m.refusal_ballot_option_unknown({}, inKazakh));
		expect((await written()).ballots).toEqual([]);
	});

	it('a form that no page of ours has sent is refused whole', async () => {
		await aVote();
		const voter = await aVoter();
		const forged: SubmissionId[] = [aSubmission(Date.now() + 3_600_000), 'x' as SubmissionId];
		for (const id of forged) {
			const answer = await voter.cast(id, ['04']);
			expect(answer.status).toBe(400);
			expect(answer.body).toContain(m.refusal_ballot_form_invalid({}, inKazakh));
		}
		expect((await written()).ballots).toEqual([]);
		// The page that says so carries an id that works.
		const again = submissionIn(await voter.cast(forged[0]!, ['04']));
		expect((await voter.cast(again, ['04'])).status).toBe(303);
	});
});

describe('E07', () => {
	it('an answer that was lost comes again: the same form, the same confirmation, one ballot', async () => {
		await aVote();
		const voter = await aVoter();
		const id = submissionIn(await voter.review(['04', '07']));
		const first = await voter.cast(id, ['04', '07']);
		const second = await voter.cast(id, ['04', '07']);
		expect(second).toMatchObject({ status: 303, location: first.location });
		expect((await voter.open('/confirmation')).status).toBe(200);
		expect((await written()).ballots).toHaveLength(1);
	});

	it('back and forth: a choice that was changed after the cast gets a new form, and counts', async () => {
		await aVote();
		const voter = await aVoter();
		const first = submissionIn(await voter.review(['04']));
		await voter.cast(first, ['04']);
		const second = submissionIn(await voter.review(['06']));
		expect(second > first).toBe(true);
		expect((await voter.cast(second, ['06'])).status).toBe(303);
		expect((await written()).current).toMatchObject([{ optionIds: ['06'] }]);
	});

	it('two tabs: the older page is told so, keeps its choice, and may win when it is sent once more', async () => {
		await aVote();
		const voter = await aVoter();
		const older = submissionIn(await voter.review(['04']));
		const newer = submissionIn(await voter.review(['06']));
		expect((await voter.cast(newer, ['06'])).status).toBe(303);
		const told = await voter.cast(older, ['04']);
		expect(told.status).toBe(409);
		expect(told.body).toContain(m.refusal_submission_replaced({}, { locale: 'kk' }));
		expect((await written()).current).toMatchObject([{ optionIds: ['06'] }]);
		expect((await voter.cast(submissionIn(told), ['04'])).status).toBe(303);
		expect((await written()).current).toMatchObject([{ optionIds: ['04'] }]);
	});
});
