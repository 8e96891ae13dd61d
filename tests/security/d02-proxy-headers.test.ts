import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { limit } from '#lib/server/http/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAddress, aRegistration, registerAndConfirm } from '#tests/support/factories/registration.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startMailServer, type MailServer } from '#tests/support/mail-server.ts';
import { sendRaw } from '#tests/support/raw-request.ts';
import { readMail } from '#tests/support/read-mail.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';

const EVIL = 'evil.invalid';
const STRANGER = '203.0.113.7';
/** As `register.address` allows in an hour. */
const ALLOWED = 60;

let database: TestDatabase;
let app: Capabilities;
let mailServer: MailServer;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db, { keys: testKeys });
	mailServer = await startMailServer();
	server = await startTestServer(database, { SMTP_URL: mailServer.url });
});
afterAll(async () => {
	await server.stop();
	await mailServer.close();
	await database.close();
});

const FORGED = {
	host: EVIL,
	'x-forwarded-host': EVIL,
	'x-forwarded-proto': 'https',
	'x-forwarded-port': '1',
	forwarded: `host=${EVIL};proto=https`,
};

async function fillLimit(network: string): Promise<void> {
	for (let attempt = 0; attempt <= ALLOWED; attempt++) await limit(app, 'register.address', network);
}

const register = (url: string, headers: Readonly<Record<string, string>>) =>
	new HttpBrowser(url).post(
		'/kk/register',
		{ email: anAddress(), displayName: 'Айгүл', password: 'a brand new password', consent: 'yes' },
		headers,
	);

describe('D02 headers that anybody can send', () => {
	// Red when links are made of the request's host: in http/protect or mail/render-mail, `origin` is all that counts.
	it('lead no link of a mail and no redirect anywhere else', async () => {
		const address = anAddress();
		await registerAndConfirm(app, aRegistration({ address }));
		const body = new URLSearchParams({ email: address }).toString();
		const answer = await sendRaw(
			server.url,
			'POST /kk/sign-in/forgotten',
			[
				...Object.entries(FORGED).map(([name, value]) => `${name}: ${value}`),
				`origin: ${server.url}`,
				'accept: text/html',
				'content-type: application/x-www-form-urlencoded',
				`content-length: ${body.length}`,
			],
			body,
		);
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toMatch(/^\/kk\//);
		const reset = () =>
			mailServer.received.map(({ source }) => readMail(source).body).find((text) => text.includes('/reset?'));
		await expect.poll(reset, { timeout: 15_000 }).toBeDefined();
		expect(reset()).toContain(`${server.url}/kk/reset?token=`);
		expect(reset()).not.toContain(EVIL);
	});

	it('put no foreign address on a page', async () => {
		for (const path of ['/', '/kk', '/kk/taraz', '/kk/sign-in', '/kk/no-such-page']) {
			const headers = Object.entries(FORGED).map(([name, value]) => `${name}: ${value}`);
			const answer = await sendRaw(server.url, `GET ${path}`, headers);
			expect(answer.body, path).not.toContain(EVIL);
			expect(answer.headers.get('location') ?? '', path).not.toContain(EVIL);
		}
	});

	it('are no way past the check of the origin', async () => {
		const browser = new HttpBrowser(server.url);
		const origin = `https://${EVIL}`;
		expect((await browser.post('/kk/sign-in', {}, { ...FORGED, origin })).status).toBe(403);
	});

	// Red when `getClientAddress` is replaced by the header.
	it('hide nobody from a limit, unless the operator has named the header', async () => {
		await fillLimit('127.0.0.1');
		for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'true-client-ip']) {
			expect((await register(server.url, { [header]: STRANGER })).status, header).toBe(429);
		}
	});

	it('count, where it is named, by what the trusted proxy has added, and by nothing before it', async () => {
		const behind = await startTestServer(database, { ADDRESS_HEADER: 'x-forwarded-for', XFF_DEPTH: '1' });
		try {
			await fillLimit(STRANGER);
			for (const forged of ['', '198.51.100.1, ', '127.0.0.1, 10.0.0.1, ']) {
				const blamed = await register(behind.url, { 'x-forwarded-for': `${forged}${STRANGER}` });
				expect(blamed.status, forged).toBe(429);
			}
			const other = await register(behind.url, { 'x-forwarded-for': `${STRANGER}, 198.51.100.2` });
			expect(other.status).toBe(303);
		} finally {
			await behind.stop();
		}
	});
});
