import { existsSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Fault } from '../lib/fault.mjs';

/** The user that Postgres runs as. Null is ourselves; Postgres refuses to run as root, so root lends it another. */
export type Runner = { readonly uid: number; readonly gid: number } | null;

const ROOT = 0;
const LENT = ['postgres', 'nobody'];

/** @param folder of the database, when it exists: its owner goes on owning it. */
export function findRunner(folder: string): Runner {
	if (process.getuid?.() !== ROOT) return null;
	const owner = statSync(folder, { throwIfNoEntry: false });
	if (owner !== undefined && owner.uid !== ROOT) return { uid: owner.uid, gid: owner.gid };
	const users = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	for (const name of LENT) {
		const user = users.find((fields) => fields[0] === name);
		if (user !== undefined) return { uid: Number(user[2]), gid: Number(user[3]) };
	}
	throw new Fault(
		'Postgres does not run as root, and this machine has no user postgres or nobody: start as an ordinary user.',
	);
}

/** True when the runner may step into every folder on the way to this path and into the path itself. */
export function isReachable(target: string, runner: Runner): boolean {
	if (runner === null) return true;
	for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
		const found = statSync(folder, { throwIfNoEntry: false });
		if (found !== undefined) {
			const bits = found.uid === runner.uid ? 0o500 : found.gid === runner.gid ? 0o050 : 0o005;
			// The folders above need the right to pass only, the target itself also to read.
			const needed = folder === path.resolve(target) ? bits : bits & 0o111;
			if ((found.mode & needed) !== needed) return false;
		}
		if (folder === path.dirname(folder)) return true;
	}
}

/** A folder for what does not last, in the reach of the runner and with a path no longer than given. */
export function findTemporary(runner: Runner, longest = Infinity): string {
	const usable = [os.tmpdir(), '/tmp', '/var/tmp'].find(
		(folder) => folder.length <= longest && existsSync(folder) && isReachable(folder, runner),
	);
	if (usable === undefined)
		throw new Fault('There is no temporary folder that Postgres can use: set TMPDIR to one.');
	return usable;
}
