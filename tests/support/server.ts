import { startBuiltServer, type BuiltServer } from '#scripts/instance/built-server.ts';
import type { Keys } from '#lib/server/capabilities.ts';
import type { TestDatabase } from './database.ts';

/** The secrets of every test server, so that factories can make what only they can read. */
export const testKeys: Keys = {
	secret: 'a secret of the tests, of forty letters.',
	person: 'a person key of the tests, forty letters',
};

/** The production build, served on a test's own database. */
export async function startTestServer(
	database: Pick<TestDatabase, 'url'>,
	variables: NodeJS.ProcessEnv = {},
	name: '127.0.0.1' | 'localhost' = '127.0.0.1',
): Promise<BuiltServer> {
	return await startBuiltServer(
		{
			DATABASE_URL: database.url,
			SECRET_KEY: testKeys.secret,
			PERSON_KEY: testKeys.person,
			SMTP_URL: undefined,
			LOG_LEVEL: 'warn',
			...variables,
		},
		name,
	);
}
