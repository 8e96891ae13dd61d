import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../lib/fault.mjs';
import { isAlive } from '../postgres/server-process.ts';

/** Tells two processes with the same number apart: the moment this one began, in ticks since the machine did. */
function beginningOf(pid: number): string {
	try {
		const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
	} catch {
		return '';
	}
}

/**
 * One server at a time for a folder of data. A lock whose holder was killed is taken over.
 * @param url where the holder serves, told to whoever comes second.
 * @returns the act that gives it back.
 */
export async function takeLock(dataFolder: string, url: string): Promise<() => Promise<void>> {
	const file = path.join(dataFolder, 'server.lock');
	const ours = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid), url });
	for (;;) {
		try {
			await writeFile(file, ours, { flag: 'wx' });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			refuseWhenHeld(file);
			await rm(file, { force: true });
			continue;
		}
		// Two that both found a dead holder may both have come here: the later one stays.
		await wait(30);
		if ((await readFile(file, 'utf8').catch(() => '')) === ours) break;
		refuseWhenHeld(file);
	}
	return async () => {
		if ((await readFile(file, 'utf8').catch(() => '')) === ours) await rm(file, { force: true });
	};
}

function refuseWhenHeld(file: string): void {
	let holder: { pid: number; began: string; url: string };
	try {
		holder = JSON.parse(readFileSync(file, 'utf8')) as typeof holder;
	} catch {
		return;
	}
	if (isAlive(holder.pid) && beginningOf(holder.pid) === holder.began) {
		throw new Fault(
			`Ortaq Budget runs already: ${holder.url} (process ${holder.pid}). Stop that one, or set another DATA_DIR.`,
		);
	}
}
