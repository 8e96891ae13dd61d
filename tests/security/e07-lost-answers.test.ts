import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { readVotes } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { startTestServer } from '#tests/support/server.ts';
import { submissionIn, Voter } from '#tests/support/voter.ts';

let database: TestDatabase;
let server: BuiltServer;
let consultation: MadeConsultation;
let resident: Resident;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

async function aVoter(): Promise<Voter> {
	const cityId = await aCity(database.db);
	consultation = await aConsultation(database, cityId, {});
	resident = await aResident(database.db, cityId);
	return Voter.signIn(database, server.url, resident, consultation);
}

const written = () => readVotes(database.db, consultation);

describe('E07 an answer that does not arrive', () => {
	it('an answer that was lost comes again: the same form, the same confirmation, one ballot', async () => {
		const voter = await aVoter();
		const id = submissionIn(await voter.review(['04', '07']));
		const first = await voter.cast(id, ['04', '07']);
		const second = await voter.cast(id, ['04', '07']);
		expect(second).toMatchObject({ status: 303, location: first.location });
		expect((await voter.open('/confirmation')).status).toBe(200);
		expect((await written()).ballots).toHaveLength(1);
	});

	it('back and forth: a choice that was changed after the cast gets a new form, and counts', async () => {
		const voter = await aVoter();
		const first = submissionIn(await voter.review(['04']));
		await voter.cast(first, ['04']);
		const second = submissionIn(await voter.review(['06']));
		expect(second > first).toBe(true);
		expect((await voter.cast(second, ['06'])).status).toBe(303);
		expect((await written()).current).toMatchObject([{ optionIds: ['06'] }]);
	});

	it('two tabs: the older page is told so, keeps its choice, and may win when it is sent once more', async () => {
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
