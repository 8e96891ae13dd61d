import { spawn, type ChildProcess } from 'node:child_process';
import { runProgram } from '../lib/run-program.mjs';
import type { Runner } from './runner.ts';

/** Its own process group: a terminal's Ctrl-C must reach the server first, and this one afterwards through us. */
export function spawnAs(runner: Runner, program: string, parameters: string[], output: number): ChildProcess {
	const child = spawn(program, parameters, {
		...identity(runner),
		cwd: '/',
		env: cleanEnvironment(),
		detached: true,
		stdio: ['ignore', output, output],
	});
	child.unref();
	return child;
}

export async function runAs(runner: Runner, program: string, parameters: string[]) {
	return await runProgram(program, parameters, { ...identity(runner), cwd: '/', env: cleanEnvironment() });
}

function identity(runner: Runner) {
	return runner === null ? {} : { uid: runner.uid, gid: runner.gid };
}

/** Postgres reads its settings from the command line; nothing of our environment reaches it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}
