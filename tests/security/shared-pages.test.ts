import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aResident } from '#tests/support/factories/account.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser, type Answer } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const VISITORS = 12;
const NAME = 'Тек өзіне көрінетін Сәуле';
const PAGES = [
	'/kk',
	'/ru/statistics',
	`/kk/${HERE}`,
	`/en/${HERE}/answers`,
	`/kk/${HERE}/consultations`,
	`/kk/${HERE}/statistics`,
];

let database: TestDatabase;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const nonceOf = ({ headers }: Answer): string =>
	/'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? 'no nonce';

const noncesIn = ({ body }: Answer): string[] =>
	Array.from(body.matchAll(/nonce="([^"]+)"/g), ([, nonce]) => nonce!);

/** All at once, so that most of them wait for the rendering of the first. */
const askAtOnce = (path: string): Promise<Answer[]> =>
	Promise.all(Array.from({ length: VISITORS }, () => new HttpBrowser(server.url).get(path)));

describe('a page that several visitors ask for at once', () => {
	it.each(PAGES)('is the same for all of them, each under a nonce of their own: %s', async (path) => {
		const answers = await askAtOnce(path);
		const pages = new Set<string>();
		for (const answer of answers) {
			expect(answer.status).toBe(200);
			expect(answer.headers.get('cache-control')).toBe('private, no-cache');
			const found = noncesIn(answer);
			expect(found.length).toBeGreaterThan(0);
			expect(new Set(found)).toEqual(new Set([nonceOf(answer)]));
			pages.add(answer.body.replaceAll(nonceOf(answer), ''));
		}
		expect(new Set(answers.map(nonceOf)).size).toBe(VISITORS);
		expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(VISITORS);
		expect(pages.size).toBeLessThan(VISITORS);
	});

	it('is not what somebody signed in gets, nor the other way round', async () => {
		const { accountId } = await aResident(database.db, HERE);
		await database.db
			.updateTable('account')
			.set({ display_name: NAME })
			.where('id', '=', accountId)
			.execute();
		const session = await aSession(database, accountId);
		const signedIn = new HttpBrowser(server.url).withSession(session);
		const path = `/kk/${HERE}`;
		const [before, own, after] = await Promise.all([askAtOnce(path), signedIn.get(path), askAtOnce(path)]);
		expect(own.body).toContain(NAME);
		expect(own.headers.get('cache-control')).toBe('private, no-store');
		for (const { body } of [...before, ...after]) expect(body).not.toContain(NAME);
	});

	it('is told in the language of its address', async () => {
		const languages = ['kk', 'ru', 'en'];
		const answers = await Promise.all(languages.map((language) => askAtOnce(`/${language}/${HERE}`)));
		for (const [index, language] of languages.entries()) {
			for (const { body } of answers[index]!) expect(body).toContain(`<html lang="${language}"`);
		}
	});
});
