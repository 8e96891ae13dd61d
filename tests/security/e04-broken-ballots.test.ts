import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SubmissionId } from '#lib/domain/base/ids.ts';
import { m } from '#lib/paraglide/messages.js';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident, type Resident } from '#tests/support/factories/account.ts';
import { aSubmission, readVotes } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { startTestServer } from '#tests/support/server.ts';
import { submissionIn, Voter } from '#tests/support/voter.ts';

const GROUPS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'];
const options = GROUPS.map((code) => ({ kind: 'expenditure' as const, code }));

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
	consultation = await aConsultation(database, cityId, { options, maxOptions: 5 });
	resident = await aResident(database.db, cityId);
	return Voter.signIn(database, server.url, resident, consultation);
}

const written = () => readVotes(database.db, consultation);

describe('E04 a ballot that breaks a rule', () => {
	const inKazakh = { locale: 'kk' } as const;

	it.each([
		['an option of no ballot', ['04', '99'], {}, m.refusal_ballot_option_unknown({}, inKazakh)],
		['an option twice', ['04', '04'], {}, m.refusal_ballot_option_twice({}, inKazakh)],
		['six of five', GROUPS.slice(0, 6), {}, m.refusal_ballot_too_many_options({ max: 5 }, inKazakh)],
		['nothing', [], {}, m.refusal_ballot_too_few_options({}, inKazakh)],
		['blank and not', ['04'], { blank: 'yes' }, m.refusal_ballot_blank_with_options({}, inKazakh)],
	])('%s is refused by name, and the earlier ballot stays', async (_, optionIds, more, words) => {
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
