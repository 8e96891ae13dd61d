import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { root } from '../lib/root.mjs';
import { findRunner, isReachable, type Runner } from '../postgres/runner.ts';

/** Where the parts of an embedded database lie. */
export type Place = {
	readonly runner: Runner;
	/** Postgres' own folder. */
	readonly database: string;
	/** Where a copy of its binaries goes, when one is needed. */
	readonly copies: string;
	readonly logFile: string;
};

/**
 * Below the folder of our data, or in the system's own place when Postgres must run as a user who cannot get there (root's
 * checkout in a folder closed to others).
 */
export async function findPlace(dataFolder: string): Promise<Place> {
	const inside = path.join(dataFolder, 'postgres');
	const logFile = path.join(dataFolder, 'postgres.log');
	const runner = findRunner(inside);
	if (runner === null) return { runner, database: inside, copies: dataFolder, logFile };

	const outside = await findOutside();
	if (isReachable(dataFolder, runner)) return { runner, database: inside, copies: outside, logFile };
	const database = path.join(outside, `data-${await readId(dataFolder)}`);
	return { runner: findRunner(database), database, copies: outside, logFile };
}

/** A place that every user can reach, tied to this checkout; made by whoever puts something there. */
export async function findOutside(): Promise<string> {
	const hash = createHash('sha256').update(root).digest('hex').slice(0, 12);
	const parents = ['/var/lib', '/var/tmp', os.tmpdir()];
	const usable = await Promise.all(
		parents.map((parent) =>
			access(parent, constants.W_OK).then(
				() => true,
				() => false,
			),
		),
	);
	return path.join(parents[usable.indexOf(true)] ?? os.tmpdir(), `ortaq-budget-${hash}`);
}

/**
 * Ties a database outside to this folder of data. A checkout deleted and made again at the same place must not find the
 * old one, whose secrets are gone.
 */
async function readId(dataFolder: string): Promise<string> {
	const file = path.join(dataFolder, 'database-id');
	if (!existsSync(file))
		await writeFile(file, randomBytes(4).toString('hex'), { flag: 'wx' }).catch(() => {});
	return (await readFile(file, 'utf8')).trim();
}
