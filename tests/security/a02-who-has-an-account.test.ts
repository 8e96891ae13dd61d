import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { requestReset } from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	anAddress,
	aRegistration,
	registerAndConfirm,
	toEmail,
} from '#tests/support/factories/registration.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';

let database: TestDatabase;
let app: Capabilities;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db, { keys: testKeys });
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

async function aKnownAddress(): Promise<string> {
	const address = anAddress();
	await registerAndConfirm(app, aRegistration({ address }));
	return address;
}

/** Seen red with `if (account === undefined) return ok(null)` in `requestReset`: then only one of the two gets a mail. */
describe('A02 asking for a forgotten password', () => {
	it('leads to the same page, whether there is an account or not', async () => {
		const answers = [];
		for (const email of [await aKnownAddress(), anAddress()]) {
			answers.push(await new HttpBrowser(server.url).post('/ru/sign-in/forgotten', { email }));
		}
		for (const answer of answers) {
			expect(answer).toMatchObject({
				status: 303,
				location: '/ru/sign-in/forgotten?sent=yes',
				setCookies: [],
				body: '',
			});
		}
	});

	it('does the same work: one mail is queued, which tells the truth to who can read it', async () => {
		const [known, unknown] = [await aKnownAddress(), anAddress()];
		const count = async () => {
			const rows = await app.db.selectFrom('mail').select('kind').orderBy('id').execute();
			return rows.map(({ kind }) => kind);
		};
		const before = (await count()).length;
		await requestReset(app, toEmail(known), 'kk');
		await requestReset(app, toEmail(unknown), 'kk');
		expect((await count()).slice(before)).toEqual(['reset_password', 'no_account']);
	});

	it('is stopped after three mails in an hour, for known and unknown addresses alike', async () => {
		for (const email of [await aKnownAddress(), anAddress()]) {
			const browser = new HttpBrowser(server.url);
			for (let attempt = 0; attempt < 3; attempt++) {
				expect((await browser.post('/kk/sign-in/forgotten', { email })).status).toBe(303);
			}
			const stopped = await browser.post('/kk/sign-in/forgotten', { email: email.toUpperCase() });
			expect(stopped.status).toBe(429);
			expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
		}
	});
});
