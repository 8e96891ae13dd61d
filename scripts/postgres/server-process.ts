import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

type PidFile = { readonly pid: number; readonly socket: string };

/** What a server leaves in its folder while it runs, and behind it when it was killed. */
export function readPidFile(folder: string): PidFile | null {
	const file = pidFile(folder);
	if (!existsSync(file)) return null;
	const lines = readFileSync(file, 'utf8').split('\n');
	const pid = Number(lines[0]);
	return Number.isInteger(pid) && pid > 0 ? { pid, socket: lines[4] ?? '' } : null;
}

export async function removePidFile(folder: string): Promise<void> {
	await rm(pidFile(folder), { force: true });
}

const pidFile = (folder: string): string => path.join(folder, 'postmaster.pid');

/** True when this process lives and is a Postgres of this folder, not a stranger with the same number. */
export function isServerOf(folder: string, pid: number): boolean {
	if (!isAlive(pid)) return false;
	if (process.platform !== 'linux') return true;
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder);
	} catch {
		return false;
	}
}

/** A zombie is dead: where nobody reaps, it stays for ever. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
	}
	if (process.platform !== 'linux') return true;
	try {
		const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return !'ZX'.includes(status.charAt(status.lastIndexOf(')') + 2));
	} catch {
		return false;
	}
}
