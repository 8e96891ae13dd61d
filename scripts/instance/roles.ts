import pg from 'pg';
import { SUPERUSER, socketUrl } from '../postgres/socket.ts';

/** Owns the tables and migrates. */
export const OWNER = 'ortaq_owner';
/** Serves: may do with the tables what it was granted, and owns nothing. */
export const APP = 'ortaq_app';
export const DATABASE = 'ortaq';

/** Makes the two roles and, when it is missing, the owner's database. */
export async function prepareRoles(socket: string, database: string): Promise<void> {
	await asSuperuser(socket, async (client) => {
		// One starter at a time: `create role` and `create database` know no "if not exists".
		await client.query(`select pg_advisory_lock(hashtext('ortaq roles'))`);
		for (const role of [OWNER, APP]) {
			const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
			if (rowCount === 0) await client.query(`create role ${role} login`);
		}
		const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
		if (rowCount === 0) await client.query(`create database ${database} owner ${OWNER}`);
	});
}

export async function asSuperuser<T>(socket: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: socketUrl(socket, SUPERUSER, 'postgres') });
	client.on('error', () => {});
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
