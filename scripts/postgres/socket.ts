import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { findTemporary, type Runner } from './runner.ts';

/** The superuser of our own cluster: makes roles and databases, never serves. */
export const SUPERUSER = 'postgres';

const SOCKET_PREFIX = 'ortaq-';
/** Of a path to a socket, by the kernels; less `/.s.PGSQL.5432`. */
const SOCKET_FOLDER_MAX = 85;

/** A connection address on the cluster's socket. */
export function socketUrl(socket: string, role: string, database: string): string {
	return `postgres://${role}@localhost/${database}?host=${encodeURIComponent(socket)}`;
}

/** A short path, closed to everybody but the runner and us. */
export async function makeSocketFolder(runner: Runner): Promise<string> {
	const temporary = findTemporary(runner, SOCKET_FOLDER_MAX);
	const folder = await mkdtemp(path.join(temporary, SOCKET_PREFIX));
	await chmod(folder, 0o700);
	if (runner) await chown(folder, runner.uid, runner.gid);
	return folder;
}

export async function removeSocketFolder(socket: string): Promise<void> {
	if (path.basename(socket).startsWith(SOCKET_PREFIX)) await rm(socket, { recursive: true, force: true });
}

export async function answers(socket: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: socketUrl(socket, SUPERUSER, 'postgres') });
	client.on('error', () => {});
	try {
		await client.connect();
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}
