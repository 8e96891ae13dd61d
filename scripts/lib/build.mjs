import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { faultFromOutput } from './fault.mjs';
import { fromRoot } from './root.mjs';
import { runProgram } from './run-program.mjs';
import { inSeconds, say } from './say.mjs';

/** Everything that the built server is made of. */
const SOURCES = [
	'messages',
	'package-lock.json',
	'package.json',
	'project.inlang/settings.json',
	'scripts/lib/paraglide.mjs',
	'src',
	'static',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
];
const GENERATED = path.join('src', 'lib', 'paraglide');
const STAMP = fromRoot('build', '.sha');

/**
 * Makes the production build, unless the sources are those of the last one.
 * @param {string} node
 */
export async function buildIfChanged(node) {
	const wanted = await hashSources();
	if (
		existsSync(fromRoot('build', 'index.js')) &&
		existsSync(STAMP) &&
		(await readFile(STAMP, 'utf8')) === wanted
	)
		return;
	await build(node, wanted);
}

/**
 * Makes the production build.
 * @param {string} node
 * @param {string} [hash] of the sources, when it is known
 */
export async function build(node, hash) {
	const stamp = hash ?? (await hashSources());
	say('Building … (after each change, about ten seconds)');
	await rm(STAMP, { force: true });
	const vite = fromRoot('node_modules', 'vite', 'bin', 'vite.js');
	const { code, output, seconds } = await runProgram(node, [vite, 'build', '--logLevel', 'warn']);
	if (code !== 0) {
		console.error(output.trim());
		throw faultFromOutput(output, 'The build failed; see above.');
	}
	await writeFile(STAMP, stamp);
	say(`Built in ${inSeconds(seconds)}.`);
}

async function hashSources() {
	const hash = createHash('sha256').update(process.platform);
	for (const source of SOURCES) {
		for (const file of await listFiles(source)) {
			hash.update(`\0${file}\0`).update(await readFile(fromRoot(file)));
		}
	}
	return hash.digest('hex');
}

/**
 * The files of a source that go into the build, in a fixed order.
 * @param {string} source
 * @returns {Promise<string[]>}
 */
async function listFiles(source) {
	if (!existsSync(fromRoot(source))) return [];
	if (path.extname(source) !== '') return [source];
	const names = await readdir(fromRoot(source), { recursive: true });
	return names
		.map((name) => path.join(source, name))
		.filter(
			(file) =>
				!file.startsWith(GENERATED) && !file.endsWith('.test.ts') && statSync(fromRoot(file)).isFile(),
		)
		.sort();
}
