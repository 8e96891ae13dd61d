import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import { outcomeFor, TABLE, type Row } from '#scripts/access/table.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial, aResident } from '#tests/support/factories/account.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import { aSession, type SessionCookie } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { sendRaw } from '#tests/support/raw-request.ts';
import { toPath } from '#tests/support/routes.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
/** Stands on pages of staff and on the account's own, nowhere else. */
const OFFICIAL = 'Құпия Лауазым';
const OWN_DOMAIN = '@test.invalid';

let database: TestDatabase;
let server: BuiltServer;
let comment: string;
let sessions: Readonly<Record<'resident' | 'administrator', SessionCookie>>;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	const { db } = database;
	comment = await aComment(db, toSubject(HERE, 2027, 'expenditure', '06'));
	await anAccount(db, { displayName: OFFICIAL, grants: [{ role: 'official', cityId: HERE }] });
	const administrator = await anAccount(db, { grants: [{ role: 'administrator', cityId: null }] });
	await anOfficial(db, HERE);
	sessions = {
		resident: await aSession(database, (await aResident(db, HERE)).accountId),
		administrator: await aSession(database, administrator.accountId),
	};
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

/** As it stands: libraries would tidy the address up. */
function ask(address: string, session?: SessionCookie) {
	const cookie = session ? [`cookie: ${session.name}=${session.value}`] : [];
	return sendRaw(server.url, `GET ${address}`, ['accept: text/html', ...cookie]);
}

/** Ways of writing a path that servers in front, files and routers read differently. */
const writings = (path: string): string[] => [
	`/kk/..${path}`,
	`/en/../..${path}`,
	`/.${path}`,
	`/%2e%2e${path}`,
	`/kk/%2e%2e${path}`,
	`/kk/%2e%2e%2f${path.slice(1)}`,
	`/${path}`,
	`//evil.invalid${path}`,
	`\\${path.slice(1)}`,
	path.replaceAll('/', '%2f'),
	path.replaceAll('/', '//'),
	path.toUpperCase(),
	`${path}/`,
	`${path}//`,
	`${path}.`,
	`${path}..`,
	`${path}%20`,
	`${path};x=1`,
	`${path}%00`,
	`${path}.html`,
	`${path}/index.html`,
	`${path}?x-sveltekit-invalidated=01`,
	`${path}/__data.json`,
	`${path}/__data.json?x-sveltekit-invalidated=001`,
	`${path}.html__data.json`,
	`${path}?/default`,
	`${path}?/invite`,
	`${path}?/__data.json`,
	path.replace(/[a-z](?=[^/]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
	`http://${new URL('http://x.invalid').host}${path}`,
];

const PRIVATE = [
	'/kk/admin',
	'/kk/admin/staff',
	`/kk/admin/cities/${HERE}`,
	`/kk/office/${HERE}`,
	'/kk/me',
	'/kk/me/account',
];

describe('B08 the same page by an odd address', () => {
	// Red when a page of staff asks for no permit in its own load: `authorise` in admin/+page.server.ts.
	it.each(PRIVATE)('%s shows nothing more to a visitor', async (path) => {
		for (const address of writings(path)) {
			const { status, body } = await ask(address);
			expect(body, address).not.toContain(OFFICIAL);
			expect(body, address).not.toContain(OWN_DOMAIN);
			expect(status, address).toBeLessThan(500);
		}
	});

	it.each(PRIVATE.filter((path) => !path.startsWith('/kk/me')))(
		'%s shows nothing more to a resident',
		async (path) => {
			for (const address of writings(path)) {
				const { status, body } = await ask(address, sessions.resident);
				expect(body, address).not.toContain(OFFICIAL);
				expect(status, address).toBeLessThan(500);
			}
		},
	);

	it('is there by its own address for who may see it, so that its absence means something', async () => {
		expect((await ask(`/kk/admin/cities/${HERE}`, sessions.administrator)).body).toContain(OFFICIAL);
		const own = await ask('/kk/me', sessions.resident);
		expect(own.body).not.toContain(OFFICIAL);
		expect(own.body).toContain(OWN_DOMAIN);
	});

	// The table of B01 holds for the data of pages as well.
	const pages = Object.keys(TABLE).filter(
		(door) => door.startsWith('GET /[lang=lang]') && isKeptFromSome(TABLE[door]!),
	);
	it.each(pages)('%s gives its data to nobody to whom it does not give the page', async (door) => {
		const row = TABLE[door]!;
		const path = toPath(door.slice(4), { comment });
		const visitor = new HttpBrowser(server.url);
		if (typeof outcomeFor(row, 'visitor') === 'string') expect(await isGiven(visitor, path)).toBe(false);
		const stranger = new HttpBrowser(server.url).withSession(sessions.resident);
		if (outcomeFor(row, 'confirmed') === 404) expect(await isGiven(stranger, path)).toBe(false);
	});

	async function isGiven(browser: HttpBrowser, path: string): Promise<boolean> {
		const { status, body } = await browser.get(`${path}/__data.json`);
		if (status === 404) return false;
		const answer = JSON.parse(body) as { type: string; nodes?: { type: string }[] };
		return answer.type === 'data' && answer.nodes?.at(-1)?.type === 'data';
	}
});

/** Whether a page is for who has signed in, or for staff. */
function isKeptFromSome(row: Row): boolean {
	return typeof outcomeFor(row, 'visitor') === 'string' || outcomeFor(row, 'confirmed') === 404;
}
