import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault, faultFromOutput } from './fault.mjs';
import { fromRoot, root } from './root.mjs';
import { runProgram } from './run-program.mjs';
import { inSeconds, say } from './say.mjs';

const STAMP = fromRoot('node_modules', '.lock-sha');

/** Installs the packages of package-lock.json, unless exactly these are there. */
export async function install() {
	const lock = await readFile(fromRoot('package-lock.json'), 'utf8');
	const wanted = createHash('sha256').update(lock).digest('hex');
	if ((await readOrEmpty(STAMP)) === wanted) return;
	if (!(await isInstalledByHand(lock))) {
		say('Installing packages … (once, about half a minute)');
		const { seconds } = await runNpmCi();
		say(`Packages installed in ${inSeconds(seconds)}.`);
	}
	await writeFile(STAMP, wanted);
}

/** @param {string} file */
async function readOrEmpty(file) {
	return existsSync(file) ? await readFile(file, 'utf8') : '';
}

/**
 * True when somebody has run `npm ci` or `npm install` already: npm's own record in node_modules names every package of
 * the lock, but for optional ones of other platforms.
 * @param {string} lock
 */
async function isInstalledByHand(lock) {
	const record = await readOrEmpty(fromRoot('node_modules', '.package-lock.json'));
	if (record === '') return false;
	/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */
	/** @type {Packages} */
	const wanted = JSON.parse(lock).packages;
	/** @type {Packages} */
	const found = JSON.parse(record).packages;
	return (
		Object.entries(wanted).every(
			([name, entry]) =>
				name === '' ||
				found[name]?.version === entry.version ||
				(entry.optional === true && !(name in found)),
		) && Object.keys(found).every((name) => name in wanted)
	);
}

async function runNpmCi() {
	const { program, parameters, env } = findNpm();
	// Development packages are needed to build, optional ones bring Node and Postgres: whatever the host's settings say.
	// No install script runs: none is needed, see scripts/postgres/binaries.ts for the one that would be.
	const result = await runProgram(
		program,
		[...parameters, 'ci', '--include=dev', '--include=optional', '--ignore-scripts', '--loglevel=error'],
		{ env },
	).catch((error) => {
		throw error.code === 'ENOENT' ? new Fault('npm was not found: it comes with Node, install both.') : error;
	});
	if (result.code !== 0) {
		console.error(result.output.trim());
		throw faultFromOutput(result.output, 'The packages could not be installed; npm says why above.');
	}
	return result;
}

/**
 * npm and the Node that runs it. Never the Node inside node_modules, which `npm ci` is about to delete.
 */
export function findNpm() {
	const inside = fromRoot('node_modules') + path.sep;
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	const outside = folders.filter((folder) => !`${path.resolve(root, folder)}${path.sep}`.startsWith(inside));
	const env = { ...process.env, PATH: outside.join(path.delimiter) };
	const cli = process.env.npm_execpath;
	if (cli === undefined || !path.basename(cli).startsWith('npm'))
		return { program: 'npm', parameters: [], env };
	const ownNode = process.execPath.startsWith(inside) ? 'node' : process.execPath;
	return { program: ownNode, parameters: [cli], env };
}
