import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import {
	giveDemonstrationAccess,
	loadDemonstration,
	renewDemonstration,
	type DemonstrationAccount,
} from '#lib/server/demonstration/index.ts';
import { signIn } from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

const CITIES = 12;

let database: TestDatabase;
let app: ReturnType<typeof testApp>;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.owner);
	expect((await loadDemonstration(app, 7)).ok).toBe(true);
});
afterAll(async () => {
	await database.close();
});

async function moveConsultations(days: number): Promise<void> {
	const by = sql`make_interval(days => ${days})`;
	await sql`update consultation set discussion_opens_at = discussion_opens_at + ${by},
		voting_opens_at = voting_opens_at + ${by}, voting_ends_at = voting_ends_at + ${by},
		counting_ends_at = counting_ends_at + ${by}, answer_due_at = answer_due_at + ${by}`.execute(database.owner);
}

async function countOpen(): Promise<{ consultations: number; ballots: number }> {
	const { rows } = await sql<{ consultations: number; ballots: number }>`
		select count(distinct consultation.id)::int as consultations, count(ballot.id)::int as ballots
		from consultation left join ballot on ballot.consultation_id = consultation.id
		where now() >= voting_opens_at and now() < voting_ends_at`.execute(database.owner);
	return rows[0]!;
}

it('opens a consultation in each city once all have ended, only once, and with ballots', async () => {
	expect(await renewDemonstration(app), 'voting is open').toBe(0);

	await moveConsultations(-200);
	expect((await countOpen()).consultations).toBe(0);
	const openings = await Promise.all([renewDemonstration(app), renewDemonstration(app)]);
	expect(openings.sort()).toEqual([0, CITIES]);
	const { consultations, ballots } = await countOpen();
	expect(consultations).toBe(CITIES);
	expect(ballots).toBeGreaterThan(CITIES * 5);
});

it('opens nothing in a database that is no demonstration', async () => {
	const other = await createTestDatabase('seeded');
	try {
		expect(await renewDemonstration(testApp(other.owner))).toBe(0);
	} finally {
		await other.close();
	}
});

it('ends with the passwords before when access is given again', async () => {
	const signInAs = async ({ email, password }: DemonstrationAccount) => {
		const parsed = parseEmailAddress(email);
		return parsed.ok && (await signIn(app, { email: parsed.value, password })).ok;
	};
	const [before] = await giveDemonstrationAccess(app);
	expect(await signInAs(before!)).toBe(true);
	const [after] = await giveDemonstrationAccess(app);
	expect(await signInAs(before!)).toBe(false);
	expect(await signInAs(after!)).toBe(true);
});
