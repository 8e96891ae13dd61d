import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial, aResident } from '#tests/support/factories/account.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
import { aSession, type SessionCookie } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { listDoors } from '#scripts/access/doors.ts';
import { toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;

/** All that a policy of ours may name. A nonce or a hash admits one script or one attribute that we wrote. */
const SOURCE = /^'(self|none|unsafe-hashes|nonce-[\w+/=-]+|sha256-[\w+/=]+)'$/;

let database: TestDatabase;
let server: BuiltServer;
let readers: Readonly<Record<'visitor' | 'newcomer' | 'resident' | 'official', HttpBrowser>>;
let slug: string;
let comment: string;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	slug = (await aConsultation(database, HERE)).slug;
	const { db } = database;
	comment = await aComment(db, toSubject(HERE, 2027, 'expenditure', '04'));
	readers = {
		visitor: new HttpBrowser(server.url),
		newcomer: await browserOf(await anAccount(db, { emailConfirmed: false })),
		resident: await browserOf(await aResident(db, HERE)),
		official: await browserOf(await anOfficial(db, HERE)),
	};
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

async function browserOf({ accountId }: SignedIn): Promise<HttpBrowser> {
	return new HttpBrowser(server.url).withSession(await aSession(database, accountId));
}

function policyOf({ headers }: Answer): Map<string, string[]> {
	const parts = (headers.get('content-security-policy') ?? '')
		.split(';')
		.filter((part) => part.trim() !== '');
	return new Map(
		parts.map((part) => {
			const [directive = '', ...sources] = part.trim().split(/\s+/);
			return [directive, sources];
		}),
	);
}

/** Fails unless the answer carries a policy by which nothing foreign and nothing injected can run. */
function expectStrict(answer: Answer): void {
	const policy = policyOf(answer);
	expect(policy.get('default-src')).toEqual(["'none'"]);
	expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
	for (const [directive, sources] of policy) {
		const foreign = sources.filter(
			(source) => !SOURCE.test(source) && !(directive === 'img-src' && source === 'data:'),
		);
		expect({ directive, foreign }).toEqual({ directive, foreign: [] });
	}
	const nonce = policy
		.get('script-src')
		?.find((source) => source.startsWith("'nonce-"))
		?.slice(7, -1);
	for (const [, attributes = ''] of answer.body.matchAll(/<script\b([^>]*)>/g)) {
		expect(attributes).toContain(`nonce="${nonce}"`);
	}
	expect(answer.body).not.toMatch(/<[^>]+\s(?:style|on[a-z]+)\s*=/i);
	expect(answer.body).not.toMatch(
		/<(?:script|link|img|iframe|form)\b[^>]*(?:src|href|action)="(?:https?:)?\/\//i,
	);
}

const routes = (await listDoors()).filter((door) => door.startsWith('GET ')).map((door) => door.slice(4));

describe('D07 the content security policy', () => {
	for (const route of routes) {
		it(`admits nothing foreign and nothing injected: ${route}`, async () => {
			const path = toPath(route, { slug, comment });
			for (const reader of Object.values(readers)) expectStrict(await reader.get(path));
		});
	}

	it.each([
		['an unknown page', '/kk/no/such/page', 404],
		['an unknown city', '/kk/nowhere', 404],
		['an unknown address for machines', '/api/v1/nothing', 404],
		['a broken address', '/kk/%E0%A4%A', 400],
	])('stands on the error of %s', async (_, path, status) => {
		const answer = await readers.visitor.get(path);
		expect(answer.status).toBe(status);
		expectStrict(answer);
	});

	it('stands on a refusal', async () => {
		const answer = await readers.visitor.post('/kk/sign-in', {}, { origin: 'https://evil.invalid' });
		expect(answer.status).toBe(403);
		expectStrict(answer);
	});

	it('gives every answer a nonce of its own', async () => {
		const answers = await Promise.all([1, 2, 3].map(() => readers.visitor.get('/kk/sign-in')));
		const nonces = answers.map((answer) => policyOf(answer).get('script-src')?.join(' '));
		expect(new Set(nonces).size).toBe(3);
		expect(nonces.every((sources) => sources?.includes("'nonce-"))).toBe(true);
	});
});

describe('D07 the error of a server that has lost its data', () => {
	let broken: TestDatabase;
	let brokenServer: BuiltServer;
	let session: SessionCookie;
	beforeAll(async () => {
		broken = await createTestDatabase('seeded');
		brokenServer = await startTestServer(broken, { LOG_LEVEL: 'silent' });
		session = await aSession(broken, (await anAccount(broken.db)).accountId);
		for (const table of ['city', 'city_text', 'demonstration', 'session']) {
			await sql`alter table ${sql.table(table)} rename to ${sql.id(`lost_${table}`)}`.execute(broken.owner);
		}
	});
	afterAll(async () => {
		await brokenServer.stop();
		await broken.close();
	});

	it.each([
		['a visitor', false],
		['somebody who has signed in', true],
	])('has the policy, and a stylesheet that it lets in, for %s', async (_, signedIn) => {
		const browser = new HttpBrowser(brokenServer.url);
		const answer = await (signedIn ? browser.withSession(session) : browser).get('/kk');
		expect(answer.status).toBe(500);
		expectStrict(answer);
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		expect(answer.body).toContain('/error.css');
		expect(policyOf(answer).get('style-src')).toEqual(["'self'"]);
		expect(policyOf(answer).get('img-src')).toContain("'self'");
		// Nothing of what went wrong is told to strangers.
		expect(answer.body).not.toMatch(/relation|select|error:|\bat .*:\d+:\d+/i);
	});
});
