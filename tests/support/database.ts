import { randomBytes } from 'node:crypto';
import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import type { Db } from '#lib/server/capabilities.ts';
import { socketUrl } from '#scripts/postgres/socket.ts';
import { quiet } from '#scripts/instance/migrate.ts';
import { APP, OWNER } from '#scripts/instance/roles.ts';
import { cloneTemplate, dropDatabase, TEST_SOCKET, type Template } from '#scripts/instance/test-cluster.ts';

const CONNECTIONS = 10;

export type TestDatabase = {
	/** As the role that serves: owns nothing. Commands and reads are tested with it. */
	readonly db: Db;
	/** As the owner: for what production has no code for, such as moving a consultation's dates. */
	readonly owner: Db;
	readonly url: string;
	readonly ownerUrl: string;
	close(): Promise<void>;
};

/** A database of its own, cloned in some milliseconds; `close` drops it. One for each test file. */
export async function createTestDatabase(template: Template = 'migrated'): Promise<TestDatabase> {
	const socket = process.env[TEST_SOCKET];
	if (!socket)
		throw new Error('there is no test cluster: this runs only after tests/support/global-setup.ts');
	const name = `test_${randomBytes(8).toString('hex')}`;
	await cloneTemplate(socket, template, name);
	const url = socketUrl(socket, APP, name);
	const ownerUrl = socketUrl(socket, OWNER, name);
	const db = openDatabase(openPool(url, CONNECTIONS, quiet));
	const owner = openDatabase(openPool(ownerUrl, 2, quiet));
	return {
		db,
		owner,
		url,
		ownerUrl,
		close: async () => {
			await Promise.all([db.destroy(), owner.destroy()]);
			await dropDatabase(socket, name);
		},
	};
}
