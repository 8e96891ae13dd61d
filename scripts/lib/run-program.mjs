import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * Runs a program to its end and keeps what it prints.
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, uid?: number, gid?: number }} [options]
 * @returns {Promise<{ code: number, output: string, seconds: number }>} output is standard output and error, as they came
 */
export function runProgram(program, parameters, options = {}) {
	const begun = performance.now();
	return new Promise((resolve, reject) => {
		const child = spawn(program, parameters, {
			cwd: root,
			...options,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		/** @type {Buffer[]} */
		const chunks = [];
		child.stdout.on('data', (chunk) => chunks.push(chunk));
		child.stderr.on('data', (chunk) => chunks.push(chunk));
		const kill = () => child.kill();
		process.once('exit', kill);
		child.on('error', reject);
		child.on('close', (code) => {
			process.off('exit', kill);
			const output = Buffer.concat(chunks).toString('utf8');
			resolve({ code: code ?? 1, output, seconds: (performance.now() - begun) / 1000 });
		});
	});
}
