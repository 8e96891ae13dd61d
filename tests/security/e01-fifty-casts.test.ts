import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { aSubmission, readVotes } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { startTestServer } from '#tests/support/server.ts';

import { Voter } from '#tests/support/voter.ts';

const GROUPS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'];
const options = GROUPS.map((code) => ({ kind: 'expenditure' as const, code }));

let database: TestDatabase;
let servers: readonly [BuiltServer, BuiltServer];
let consultation: MadeConsultation;
let resident: Resident;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	servers = await Promise.all([startTestServer(database), startTestServer(database)]);
});
afterAll(async () => {
	await Promise.all(servers.map((server) => server.stop()));
	await database.close();
});
beforeEach(async () => {
	const cityId = await aCity(database.db);
	consultation = await aConsultation(database, cityId, { options, maxOptions: 5 });
	resident = await aResident(database.db, cityId);
});

const aVoter = (server: BuiltServer, who: Resident = resident) =>
	Voter.signIn(database, server.url, who, consultation);

describe('E01 fifty casts at once, over two servers', () => {
	const CASTS = 50;

	/** Fifty different choices, each with a form a millisecond younger than the one before. */
	const forms = () => {
		const start = Date.now() - CASTS;
		return Array.from({ length: CASTS }, (_, index) => ({
			id: aSubmission(start + index),
			optionIds: GROUPS.filter((_, group) => ((index + 1) >> group) % 2 === 1),
		}));
	};

	it('of one person by two accounts leave one ballot, the last that was acknowledged', async () => {
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
		const { participations, ballots, current } = await readVotes(database.db, consultation);
		expect(last.id).toBe(sent.at(-1)!.id);
		expect(participations).toMatchObject([{ submissionId: last.id }]);
		expect(current.map(({ optionIds }) => optionIds)).toEqual([last.optionIds]);
		// Every acknowledged ballot is there, each replaced by exactly the next one.
		expect(ballots).toHaveLength(acknowledged.length);
		expect(new Set(ballots.map(({ replaces }) => replaces)).size).toBe(ballots.length);
	});

	it('of the same form are one ballot, and each is accepted', async () => {
		const voters = await Promise.all(servers.map((server) => aVoter(server)));
		const id = aSubmission();
		const answers = await Promise.all(
			Array.from({ length: CASTS }, (_, index) => voters[index % 2]!.cast(id, ['04', '07'])),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
		const { ballots, participations } = await readVotes(database.db, consultation);
		expect(ballots).toHaveLength(1);
		expect(participations).toMatchObject([{ submissionId: id }]);
	});
});
