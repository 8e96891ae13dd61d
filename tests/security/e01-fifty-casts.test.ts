import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident } from '#tests/support/factories/account.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const CITY = 'taraz' as CityId;
const CASTS = 50;
const CHOICES = [['04'], ['06', '07'], ['08'], ['12', '04', '06'], ['07'], []] as const;

let database: TestDatabase;
let servers: [BuiltServer, BuiltServer];
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	servers = await Promise.all([startTestServer(database), startTestServer(database)]);
});
afterAll(async () => {
	await Promise.all(servers.map((server) => server.stop()));
	await database.close();
});

describe('E01 fifty casts of one resident at once, over two servers', () => {
	it('leave one ballot: the last that was acknowledged', async () => {
		const consultation = await aConsultation(database, CITY);
		const resident = await aResident(database.db, CITY);
		const session = await aSession(database, resident.accountId);
		const page = `/kk/${CITY}/consultations/${consultation.slug}`;
		const browsers = servers.map(({ url }) => new HttpBrowser(url).withSession(session));

		const forms: { browser: HttpBrowser; choice: readonly string[]; submissionId: string }[] = [];
		for (let index = 0; index < CASTS; index++) {
			const browser = browsers[index % browsers.length]!;
			const choice = CHOICES[index % CHOICES.length]!;
			forms.push({ browser, choice, submissionId: await review(browser, page, choice) });
		}
		const answers = await Promise.all(
			forms.map(async ({ browser, choice, submissionId }) => ({
				choice,
				submissionId,
				answer: await browser.post(`${page}/ballot?/cast`, { ...toFields(choice), submissionId }),
			})),
		);

		const acknowledged = answers.filter(({ answer }) => answer.status === 303);
		// A form that is older than the ballot which stands meanwhile is refused in words, and changes nothing.
		const refused = answers.filter(({ answer }) => answer.status === 409);
		expect(acknowledged.length).toBeGreaterThan(0);
		expect(acknowledged.length + refused.length).toBe(CASTS);

		const participations = await database.db
			.selectFrom('participation')
			.where('consultation_id', '=', consultation.id)
			.select(['person_id as personId', 'submission_id as submissionId'])
			.execute();
		expect(participations).toMatchObject([{ personId: resident.residency.personId }]);
		const ballots = await database.db
			.selectFrom('ballot')
			.where('consultation_id', '=', consultation.id)
			.select(['option_ids as optionIds', 'is_current as isCurrent'])
			.execute();
		expect(ballots).toHaveLength(acknowledged.length);
		const last = acknowledged.find(({ submissionId }) => submissionId === participations[0]?.submissionId);
		expect(ballots.filter(({ isCurrent }) => isCurrent)).toEqual([
			{ isCurrent: true, optionIds: [...(last?.choice ?? ['none'])].sort() },
		]);
	});
});

function toFields(choice: readonly string[]) {
	return choice.length === 0 ? { blank: 'yes' } : { option: choice };
}

/** The id of the form that the review of this choice would send. */
async function review(browser: HttpBrowser, page: string, choice: readonly string[]): Promise<string> {
	const { body } = await browser.post(`${page}/ballot?/review`, toFields(choice));
	const [, submissionId] = /name="submissionId" value="([^"]+)"/.exec(body) ?? [];
	if (submissionId === undefined) throw new Error('the review has no submission id');
	return submissionId;
}
