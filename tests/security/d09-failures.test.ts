import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { sendRaw } from '#tests/support/raw-request.ts';
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
		await without('budget_line', async () => {
			const answer = await author.get(`${EXPORT}?city=taraz`);
			if (answer.status === 200) throw new Error('the file had its first row already: see the next test');
			expect(answer.status).toBe(500);
			expect(answer.headers.get('content-disposition')).toBeNull();
			expect(answer.body).not.toMatch(TELLS);
		}).catch((error: unknown) => {
			// Totals come first, so that lines may be missed only later; then the file must break off.
			expect(String(error)).toMatch(/terminated|see the next test/);
		});
	});

	// Red when the stream of an export ends instead of being destroyed: `writer.on('error')` with `end()`.
	it('in the middle of a file breaks it off: it never looks complete', async () => {
		const whole = await author.get(EXPORT);
		expect(whole.body.length).toBeGreaterThan(1_000_000);
		// The last lines cannot be read; those before them are on their way by then.
		const rows = whole.body
			.trim()
			.split('\r\n')
			.map((row) => row.split(','));
		const [part, city] = ['part', 'city'].map((name) => rows[0]!.findIndex((cell) => cell.endsWith(name)));
		const cityId = rows.findLast((row) => row[part!] === 'line')![city!]!;
		await sql`alter table budget_line enable row level security`.execute(database.owner);
		await sql`create policy broken on budget_line using (case when city_id <> ${sql.lit(cityId)} then true else 1 / (amount - amount) = 0 end)`.execute(
			database.owner,
		);
		try {
			const answer = await sendRaw(server.url, `GET ${EXPORT}`, []);
			expect(answer.status, server.output().slice(-600)).toBe(200);
			expect(answer.body.length).toBeGreaterThan(1_000);
			// The last chunk of a chunked body is empty; a browser reports its absence as a failed download.
			expect(answer.body.endsWith('0\r\n\r\n')).toBe(false);
			await expect.poll(() => server.output()).toContain('export broke off');
			await expect(author.get(EXPORT)).rejects.toThrow();
		} finally {
			await sql`drop policy broken on budget_line`.execute(database.owner);
			await sql`alter table budget_line disable row level security`.execute(database.owner);
		}
		// A connection that was broken off is not used again.
		const again = async () => (await author.get(EXPORT).catch(() => null))?.body === whole.body;
		await expect.poll(again, { timeout: 10_000 }).toBe(true);
	});
});
