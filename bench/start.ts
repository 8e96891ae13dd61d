import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '#scripts/lib/root.mjs';
import type { Figures } from './words.ts';

const PORT = 4899;

/** Seconds from a clean clone to the first page, and from a second start: one run each. */
export async function benchStart(): Promise<Figures> {
	const folder = await mkdtemp(path.join(os.tmpdir(), 'ortaq-bench-start-'));
	try {
		await promisify(execFile)('git', ['clone', '--quiet', root, folder]);
		return {
			clean_clone_s: await secondsToFirstPage(folder),
			second_start_s: await secondsToFirstPage(folder),
		};
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function secondsToFirstPage(folder: string): Promise<number> {
	const before = performance.now();
	const child = spawn(process.execPath, ['scripts/start.mjs'], {
		cwd: folder,
		env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(PORT) },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	let seconds: number | null = null;
	for await (const chunk of child.stdout) {
		if (!String(chunk).includes('Ortaq Budget: http')) continue;
		const page = await fetch(`http://127.0.0.1:${PORT}/kk`);
		if (!page.ok) throw new Error(`the first page answers ${page.status}`);
		seconds = (performance.now() - before) / 1000;
		child.kill('SIGINT');
	}
	await ended;
	if (seconds === null) throw new Error('the start ended before it answered');
	return seconds;
}
