import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident } from '#tests/support/factories/account.ts';
import { cast } from '#tests/support/factories/ballot.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { publishToday } from '#tests/support/factories/statistics.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;

let database: TestDatabase;
let server: BuiltServer;
let vote: MadeConsultation;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	vote = await aConsultation(database, HERE);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** Rows of the exports that tell of people, without the day on which they were published. */
async function readFigures(): Promise<string[]> {
	const browser = new HttpBrowser(server.url);
	const tables = await Promise.all(
		['participation', 'comments', 'votes'].map((table) =>
			browser.get(`/api/v1/statistics/${table}.csv?city=${HERE}`),
		),
	);
	return tables
		.flatMap(({ body }) => body.split('\r\n'))
		.map((row) => row.replace(/\d{4}-\d\d-\d\d/g, 'DAY'));
}

const aVoteIsCast = async () => cast(database.db, vote, await aResident(database.db, HERE), []);

describe('G02 figures before and after one ballot', () => {
	// Red when publish-release.ts closes a period before it has five: without the smallest cell of domain/participation.
	it('are the same: who asks every day learns nothing of one neighbour', async () => {
		for (let count = 0; count < 6; count++) await aVoteIsCast();
		// The last period of an open vote is held back once more.
		for (let day = 0; day < 3; day++) await publishToday(database);
		const before = await readFigures();
		await aVoteIsCast();
		await publishToday(database);
		expect(await readFigures()).toEqual(before);
	});

	it('differ when five have come, so that staying the same means something', async () => {
		const before = await readFigures();
		for (let count = 0; count < 6; count++) await aVoteIsCast();
		await publishToday(database);
		await publishToday(database);
		expect((await readFigures()).length).toBeGreaterThanOrEqual(before.length);
	});
});
