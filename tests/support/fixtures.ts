import { test as base } from '@playwright/test';
import { findBrowser } from '#scripts/browser/find-browser.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { startTestServer } from './server.ts';

type WorkerFixtures = {
	/** The worker's own, with the cities and their budgets. */
	database: TestDatabase;
	/** The worker's own, on its database. */
	server: BuiltServer;
};

/** Playwright's test, with a database and a server for each worker, in the browser that was found. */
export const test = base.extend<object, WorkerFixtures>({
	database: [
		async ({}, use) => {
			const database = await createTestDatabase('seeded');
			await use(database);
			await database.close();
		},
		{ scope: 'worker', timeout: 60_000 },
	],
	server: [
		async ({ database }, use) => {
			const server = await startTestServer(database);
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
});

export { expect } from '@playwright/test';
