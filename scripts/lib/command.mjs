import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { build, buildIfChanged } from './build.mjs';
import { tellError } from './fault.mjs';
import { findNode } from './find-node.mjs';
import { install } from './install.mjs';
import { compileMessages } from './messages.mjs';
import { fromRoot, root } from './root.mjs';
import { whenParentDies } from './when-parent-dies.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @typedef {object} Command
 * @property {string} help what --help prints
 * @property {'messages' | 'build if changed' | 'build' | 'packages'} needs what must be there before it can run
 * @property {string} [run] the part that runs on Node 24, a file of scripts/run
 * @property {() => Promise<void>} [first] a check that is worth making before anything slow
 */

/**
 * Runs a command: makes what it needs, then hands over to its part on Node 24. Ends the process.
 * @param {Command} command
 */
export async function runCommand({ help, needs, run, first }) {
	const parameters = process.argv.slice(2);
	if (parameters.includes('--help') || parameters.includes('-h')) {
		console.log(help);
		return;
	}
	// Ends what runs by then, an installation or a build, with it.
	for (const signal of SIGNALS) process.on(signal, () => process.exit(128 + os.constants.signals[signal]));
	try {
		await first?.();
		await install();
		const node = findNode();
		if (needs === 'messages') await compileMessages(node);
		if (needs === 'build if changed') await buildIfChanged(node);
		if (needs === 'build') await build(node);
		if (run !== undefined)
			process.exitCode = await handOver(node, fromRoot('scripts', 'run', run), parameters);
	} catch (error) {
		tellError(error);
		process.exitCode = 1;
	}
}

/**
 * Runs the part on Node 24 in this one's place: same terminal, same signals, same exit code.
 * @param {string} node
 * @param {string} file
 * @param {string[]} parameters
 * @returns {Promise<number>}
 */
function handOver(node, file, parameters) {
	const binaries = fromRoot('node_modules', '.bin');
	const child = spawn(node, [file, ...parameters], {
		cwd: root,
		env: { ...process.env, PATH: `${binaries}${path.delimiter}${process.env.PATH ?? ''}` },
		stdio: 'inherit',
	});
	// A terminal's Ctrl-C reaches the child by itself; a signal to this process alone must be passed on.
	for (const signal of SIGNALS) process.removeAllListeners(signal).on(signal, () => child.kill(signal));
	// npm that is killed leaves this running; a shell that is closed is meant to.
	if (process.env.npm_lifecycle_event !== undefined) whenParentDies(() => child.kill('SIGTERM'));
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code, signal) =>
			resolve(code ?? 128 + (signal === null ? 0 : os.constants.signals[signal])),
		);
	});
}
