import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const EXPORT = '/api/v1/budgets.csv';

let database: TestDatabase;
let server: BuiltServer;
let author: HttpBrowser;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	const { accountId } = await anAccount(database.db);
	author = new HttpBrowser(server.url).withSession(await aSession(database, accountId));
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

async function without(table: string, work: () => Promise<void>): Promise<void> {
	const [here, gone] = [sql.id(table), sql.id(`lost_${table}`)];
	await sql`alter table ${here} rename to ${gone}`.execute(database.owner);
	try {
		await work();
	} finally {
		await sql`alter table ${gone} rename to ${here}`.execute(database.owner);
	}
}

/** Nothing of what went wrong is told to strangers. */
const TELLS = /relation|does not exist|select |insert |\bat .*\.(?:js|ts):\d+|node_modules|postgres:|42P01/i;
const withoutScripts = (body: string) => body.replace(/<script\b[\s\S]*?<\/script>/g, '');

function expectHumane(answer: Answer): void {
	expect(answer.status).toBe(500);
	const id = answer.headers.get('x-request-id')!;
	const text = withoutScripts(answer.body);
	expect(text).toContain('Бірдеңе дұрыс болмады');
	expect(text).toContain(id);
	expect(answer.body).not.toMatch(TELLS);
	expect(answer.headers.get('cache-control')).toMatch(/no-store|no-cache/);
	// Whoever runs the server finds the cause under that number.
	expect(server.output()).toContain(`"requestId":"${id}"`);
}

describe('D09 an error', () => {
	// Red when `handleError` in hooks.server.ts gives away the message of the error.
	it('in the load of a page is a page with a number, and no more', async () => {
		await without('comment', async () => {
			expectHumane(await author.get('/kk/taraz/budget/2027/06'));
			const data = await author.get('/kk/taraz/budget/2027/06/__data.json');
			expect(data.body).not.toMatch(TELLS);
			expect(data.body).toContain('requestId');
		});
	});

	it('in an action is one too, and changes nothing', async () => {
		const form = { id: aSubmission(), body: 'Жарық неге жоқ?', language: 'kk', preselected: 'kk' };
		await without('rate_limit', async () => {
			expectHumane(await author.post('/kk/taraz/budget/2027/06?/comment', form));
		});
		const kept = await database.db.selectFrom('comment').select('id').execute();
		expect(kept).toEqual([]);
	});

	it('in an address for machines has its status, and no file', async () => {
		await without('budget', async () => {
			const answer = await author.get(`${EXPORT}?city=taraz`);
			expect(answer.status).toBe(500);
			expect(answer.headers.get('content-disposition')).toBeNull();
			expect(answer.body).not.toMatch(TELLS);
		});
	});

	// In the middle of a file: tests/db/statistics-stream.test.ts, 'breaks off with an error when the database goes away'.
});
