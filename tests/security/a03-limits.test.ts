import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { limit, type LimitName } from '#lib/server/http/index.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { isSignedIn } from '#tests/support/factories/browser.ts';
import {
	aCode,
	anAddress,
	aRegistration,
	PASSWORD,
	registerAndConfirm,
} from '#tests/support/factories/registration.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';

/** More than any limit of ours allows. */
const MANY = 620;
const OTHER = '198.51.100.9';

let database: TestDatabase;
let app: Capabilities;
/** Behind a proxy that it trusts, so that a test can come from many addresses. */
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db, { keys: testKeys });
	server = await startTestServer(database, { ADDRESS_HEADER: 'x-real-ip' });
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const from = (network: string) => ({ 'x-real-ip': network });

async function fill(name: LimitName, key: string, attempts = MANY): Promise<void> {
	const counted = Array.from({ length: attempts }, () => limit(app, name, key));
	await Promise.all(counted);
}

/** Somebody who has signed in by the form, from an address of their own. */
async function anOwner() {
	const address = anAddress();
	const accountId = await registerAndConfirm(app, aRegistration({ address }));
	const browser = new HttpBrowser(server.url);
	const answer = await browser.post('/kk/sign-in', { email: address, password: PASSWORD }, from('192.0.2.1'));
	expect(answer.status).toBe(303);
	return { browser, accountId, address };
}

function expectRefused(answer: Answer): void {
	expect(answer.status).toBe(429);
	const seconds = Number(answer.headers.get('retry-after'));
	expect(seconds).toBeGreaterThan(0);
	expect(seconds).toBeLessThanOrEqual(86_400);
}

describe('A03 a hundred wrong passwords from a hundred addresses', () => {
	it('stop all strangers, and not the owner on a device that the owner knows', async () => {
		const { browser: owner, address } = await anOwner();
		const attempt = (network: string) =>
			new HttpBrowser(server.url).post(
				'/kk/sign-in',
				{ email: address, password: 'a wrong guess' },
				from(network),
			);
		for (let count = 0; count < 3; count++) expect((await attempt(`203.0.113.${count}`)).status).toBe(400);
		// The rest of the hundred, counted as the page counts them.
		await fill('sign_in.account', address, 97);
		expectRefused(await attempt('203.0.113.200'));
		expect(await isSignedIn(owner)).toBe(true);
		await owner.post('/kk/sign-out', {});
		const again = await owner.post('/kk/sign-in', { email: address, password: PASSWORD }, from(OTHER));
		expect(again.status).toBe(303);
	});
});

/** What is limited, by what it is counted by, and how it is asked for. */
describe('A03 a limit that is full', () => {
	// Red without the `limit` or `limitAll` of the page that the case names.
	it('of registrations from one address says when to come back, and keeps what was typed', async () => {
		const network = '203.0.113.11';
		await fill('register.address', network);
		const email = anAddress();
		const fields = { email, displayName: 'Айгүл', password: 'a brand new password', consent: 'yes' };
		const answer = await new HttpBrowser(server.url).post('/kk/register', fields, from(network));
		expectRefused(answer);
		expect(answer.body).toContain(`value="${email}"`);
		expect(answer.body).not.toContain('a brand new password');
		expect((await new HttpBrowser(server.url).post('/kk/register', fields, from(OTHER))).status).toBe(303);
	});

	it('of an account’s residency codes is refused before the code is looked at', async () => {
		const { browser, accountId } = await anOwner();
		await fill('residency.account', accountId, 11);
		const code = await aCode(app, 'taraz' as CityId);
		expectRefused(await browser.post('/kk/me/residency?/code', { city: 'taraz', code }, from(OTHER)));
		const residency = await app.db
			.selectFrom('residency')
			.where('account_id', '=', accountId)
			.select('person_id')
			.execute();
		expect(residency).toEqual([]);
	});

	it('of comments keeps the comment on the page', async () => {
		const account = await anAccount(app.db);
		const browser = new HttpBrowser(server.url).withSession(await aSession(database, account.accountId));
		await fill('comment.create', account.accountId, 21);
		const body = 'Біздің көшеде жарық неге жоқ?';
		const answer = await browser.post('/kk/taraz/budget/2027/06?/comment', {
			...{ id: aSubmission(), body, language: 'kk', preselected: 'kk' },
		});
		expectRefused(answer);
		expect(answer.body).toContain(body);
	});

	it('of exports says so in words, in the language asked for', async () => {
		const network = '203.0.113.12';
		await fill('export.address', network);
		const answer = await new HttpBrowser(server.url).send('/api/v1/budgets.csv?city=taraz', {
			headers: { ...from(network), 'accept-language': 'ru' },
		});
		expectRefused(answer);
		expect(answer.headers.get('content-type')).toContain('application/problem+json');
		expect(JSON.parse(answer.body)).toMatchObject({
			status: 429,
			title: expect.stringMatching(/[а-я]/i) as string,
		});
	});

	it('of one address is so wide that hundreds behind a mobile operator get in', async () => {
		const network = '203.0.113.13';
		await fill('sign_in.address', network, 250);
		const { address } = await anOwner();
		const answer = await new HttpBrowser(server.url).post(
			'/kk/sign-in',
			{ email: address, password: PASSWORD },
			from(network),
		);
		expect(answer.status).toBe(303);
	});
});
