import { randomBytes } from 'node:crypto';
import type { CityId } from '#lib/domain/base/ids.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { openDatabase, openPool } from '#lib/server/db/pool.ts';
import { loadDemonstration } from '#lib/server/demonstration/index.ts';
import { startBuiltServer, type BuiltServer } from '#scripts/instance/built-server.ts';
import { socketUrl } from '#scripts/postgres/socket.ts';
import { quiet } from '#scripts/instance/migrate.ts';
import { APP, OWNER } from '#scripts/instance/roles.ts';
import { cloneTemplate, openTestCluster } from '#scripts/instance/test-cluster.ts';

const DATABASE = 'bench';
const DEMONSTRATION_SEED = 2027;
const CONNECTIONS = 10;

/** The city whose pages and votes are measured. */
export const CITY = 'astana' as CityId;

type Owner = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;

export type World = {
	readonly server: BuiltServer;
	/** With the owner's role, to put voters in and count ballots. */
	readonly owner: Owner;
	/** Of the role that serves. */
	readonly databaseUrl: string;
};

/**
 * Measures in a world of its own: the built server on a throw-away Postgres with all cities, their budgets and the
 * demonstration. Postgres does not wait for the disk there, so rates are ratios' two sides, not promises.
 */
export async function inWorld<T>(measure: (world: World) => Promise<T>): Promise<T> {
	const keys = { secret: randomBytes(32).toString('hex'), person: randomBytes(32).toString('hex') };
	const cluster = await openTestCluster();
	try {
		await cloneTemplate(cluster.socket, 'seeded', DATABASE);
		const databaseUrl = socketUrl(cluster.socket, APP, DATABASE);
		const owner: Owner = {
			db: openDatabase(openPool(socketUrl(cluster.socket, OWNER, DATABASE), 2, quiet, 'work')),
			clock: () => parseInstant(new Date().toISOString()),
			random: randomBytes,
			keys,
		};
		try {
			const loaded = await loadDemonstration(owner, DEMONSTRATION_SEED);
			if (!loaded.ok) throw new Error(loaded.refusal.code);
			const server = await startBuiltServer({
				DATABASE_URL: databaseUrl,
				DATABASE_POOL: String(CONNECTIONS),
				SECRET_KEY: keys.secret,
				PERSON_KEY: keys.person,
				SMTP_URL: undefined,
				LOG_LEVEL: 'error',
			});
			try {
				return await measure({ server, owner, databaseUrl });
			} finally {
				await server.stop();
			}
		} finally {
			await owner.db.destroy();
		}
	} finally {
		await cluster.stop();
	}
}
