import { expect, test as base, type Page } from '@playwright/test';
import { findBrowser } from '#scripts/browser/find-browser.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { listenForComplaints } from './complaints.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import type { SessionCookie } from './factories/session.ts';
import { startMailServer, type MailServer } from './mail-server.ts';
import { startTestServer } from './server.ts';

type TestFixtures = {
	/** Opens the browser of one more person, who may have signed in already. */
	openBrowser(session?: SessionCookie): Promise<Page>;
};

type WorkerFixtures = {
	/** The worker's own, with the cities and their budgets. */
	database: TestDatabase;
	/** The worker's own, to which its server sends what people get by mail. */
	mailServer: MailServer;
	/** The worker's own, on its database. */
	server: BuiltServer;
};

/**
 * Playwright's test, with a database and a server for each worker, in the browser that was found. A test fails when a
 * browser of its complains: of a script, of the content policy, of something missing or foreign.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
	database: [
		async ({}, use) => {
			const database = await createTestDatabase('seeded');
			await use(database);
			await database.close();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
	mailServer: [
		async ({}, use) => {
			const mailServer = await startMailServer();
			await use(mailServer);
			await mailServer.close();
		},
		{ scope: 'worker' },
	],
	server: [
		async ({ database, mailServer }, use) => {
			const server = await startTestServer(database, { SMTP_URL: mailServer.url });
			await use(server);
			await server.stop();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
	baseURL: async ({ server }, use) => use(server.url),
	launchOptions: [
		async ({ launchOptions }, use) => use({ ...launchOptions, ...(await findBrowser()) }),
		{ scope: 'worker', timeout: 60_000 },
	],
	context: async ({ context, server }, use) => {
		const complaints = listenForComplaints(context, server.url);
		await use(context);
		expect(complaints).toEqual([]);
	},
	openBrowser: async ({ browser, server }, use) => {
		const opened: { close(): Promise<void>; complaints: readonly string[] }[] = [];
		await use(async (session) => {
			const context = await browser.newContext();
			opened.push({ close: () => context.close(), complaints: listenForComplaints(context, server.url) });
			if (session)
				await context.addCookies([{ ...session, url: server.url, httpOnly: true, sameSite: 'Lax' }]);
			return await context.newPage();
		});
		for (const { close, complaints } of opened) {
			await close();
			expect(complaints).toEqual([]);
		}
	},
});

export { expect };
