import path from 'node:path';
import { Fault } from '../lib/fault.mjs';
import { root } from '../lib/root.mjs';
import { say } from '../lib/say.mjs';
import { findBinaries } from '../postgres/binaries.ts';
import { openCluster } from '../postgres/cluster.ts';
import { makeOpenFolder } from '../postgres/open-folder.ts';
import { socketUrl } from '../postgres/socket.ts';
import { explainDatabase } from './explain.ts';
import { findPlace } from './place.ts';
import { proveNodeZones, proveServer } from './prove.ts';
import { APP, asSuperuser, DATABASE, OWNER, prepareRoles } from './roles.ts';
import { readSecrets } from './secrets.ts';

/** A database that is ready to be migrated and served, and what a server on it must know. */
export type Instance = {
	readonly embedded: boolean;
	/** As the role that serves. */
	readonly appUrl: string;
	/** As the role that owns the tables. */
	readonly ownerUrl: string;
	/** To be granted its rights after a migration; null when owner and app are one. */
	readonly appRole: string | null;
	readonly secretKey: string;
	readonly personKey: string;
	/** Settles, if ever, when our own database server is gone. */
	readonly ended: Promise<void>;
	readonly stop: () => Promise<void>;
	/** Stops our own database server unless somebody else is using it. */
	readonly release: () => Promise<void>;
};

/** The folder of our own data, made when missing. */
export async function dataFolder(env: NodeJS.ProcessEnv): Promise<string> {
	const folder = path.resolve(root, env['DATA_DIR'] || '.data');
	await makeOpenFolder(folder);
	return folder;
}

/**
 * Opens the database that the environment names, or else our own.
 * @param needs secrets are only demanded by what serves.
 */
export async function openInstance(env: NodeJS.ProcessEnv, needs: 'secrets' | 'database'): Promise<Instance> {
	proveNodeZones();
	return env['DATABASE_URL'] ? await openGiven(env, env['DATABASE_URL'], needs) : await openEmbedded(env);
}

async function openGiven(
	env: NodeJS.ProcessEnv,
	appUrl: string,
	needs: 'secrets' | 'database',
): Promise<Instance> {
	const { SECRET_KEY: secretKey = '', PERSON_KEY: personKey = '' } = env;
	if (needs === 'secrets' && (secretKey === '' || personKey === '')) {
		throw new Fault(
			'With DATABASE_URL the secrets must be given too: SECRET_KEY and PERSON_KEY, 32 characters or more each.',
		);
	}
	const ownerUrl = env['MIGRATE_DATABASE_URL'] || appUrl;
	const [owner, app] = [userOf(ownerUrl, 'MIGRATE_DATABASE_URL'), userOf(appUrl, 'DATABASE_URL')];
	if (owner === app) {
		say(
			`Warning: ${app} owns the tables and serves as well. Give an owner in MIGRATE_DATABASE_URL and another role in ` +
				`DATABASE_URL, so that the server cannot rewrite what it may only add to.`,
		);
	}
	const ownerName = ownerUrl === appUrl ? 'DATABASE_URL' : 'MIGRATE_DATABASE_URL';
	await proveServer(ownerUrl).catch((error: unknown) => {
		throw explainDatabase(error, ownerName, ownerUrl);
	});
	if (owner !== app) {
		await proveServer(appUrl).catch((error: unknown) => {
			throw explainDatabase(error, 'DATABASE_URL', appUrl);
		});
	}
	return {
		embedded: false,
		appUrl,
		ownerUrl,
		appRole: owner === app ? null : app,
		secretKey,
		personKey,
		ended: new Promise(() => {}),
		stop: async () => {},
		release: async () => {},
	};
}

function userOf(url: string, name: string): string {
	if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
		throw new Fault(`${name} must be an address like postgres://user:password@host:5432/database`);
	}
	return decodeURIComponent(new URL(url).username);
}

async function openEmbedded(env: NodeJS.ProcessEnv): Promise<Instance> {
	const folder = await dataFolder(env);
	const place = await findPlace(folder);
	const made = await readSecrets(folder, place.database);
	const binaries = await findBinaries(place.runner, place.copies);
	const cluster = await openCluster({
		folder: place.database,
		binaries,
		runner: place.runner,
		logFile: place.logFile,
	});
	const ownerUrl = socketUrl(cluster.socket, OWNER, DATABASE);
	try {
		await prepareRoles(cluster.socket, DATABASE);
		await proveServer(ownerUrl);
	} catch (error) {
		await cluster.stop();
		throw explainDatabase(error, null, ownerUrl);
	}
	return {
		embedded: true,
		appUrl: socketUrl(cluster.socket, APP, DATABASE),
		ownerUrl,
		appRole: APP,
		secretKey: env['SECRET_KEY'] || made.secretKey,
		personKey: env['PERSON_KEY'] || made.personKey,
		ended: cluster.ended,
		stop: cluster.stop,
		release: async () => {
			if ((await countUsers(cluster.socket)) === 0) await cluster.stop();
		},
	};
}

async function countUsers(socket: string): Promise<number> {
	return await asSuperuser(socket, async (client) => {
		const { rows } = await client.query<{ users: number }>(
			`select count(*)::int as users from pg_stat_activity
			where backend_type = 'client backend' and pid <> pg_backend_pid()`,
		);
		return rows[0]?.users ?? 0;
	});
}
