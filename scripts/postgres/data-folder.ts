import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Fault, faultFromOutput } from '../lib/fault.mjs';
import { runProgram } from '../lib/run-program.mjs';
import { lastLine } from './log.ts';
import { makeOpenFolder } from './open-folder.ts';
import { runAs } from './run-as.ts';
import type { Runner } from './runner.ts';
import { SUPERUSER } from './socket.ts';

export type DataFolder = {
	/** Made when missing. */
	readonly folder: string;
	readonly binaries: string;
	readonly runner: Runner;
	/** Gives up what keeps data safe in a power cut, for speed. For tests only. */
	readonly disposable?: boolean;
};

/** Makes the data folder beside its place and moves it there whole: it exists completely or not at all. */
export async function makeDataFolder({ folder, binaries, runner, disposable }: DataFolder): Promise<void> {
	if (existsSync(path.join(folder, 'PG_VERSION'))) {
		await refuseOtherVersion(folder, binaries);
		return;
	}
	const unfinished = `${folder}.init-${process.pid}`;
	await rm(unfinished, { recursive: true, force: true });
	await makeOpenFolder(path.dirname(folder));
	await mkdir(unfinished, { mode: 0o700 });
	if (runner) await chown(unfinished, runner.uid, runner.gid);
	// kk gives Kazakh order and case; a UTF-8 ctype besides it, or pg_trgm ignores Cyrillic.
	const outcome = await runAs(runner, path.join(binaries, 'bin', 'initdb'), [
		...['-D', unfinished, '-U', SUPERUSER, '-A', 'trust', '-E', 'UTF8', '--no-instructions'],
		...['--locale', await findLocale(), '--locale-provider', 'icu', '--icu-locale', 'kk'],
		...(disposable ? ['--no-sync'] : []),
	]);
	if (outcome.code !== 0) {
		await rm(unfinished, { recursive: true, force: true });
		throw faultFromOutput(outcome.output, `The database could not be made: ${lastLine(outcome.output)}`);
	}
	try {
		await rename(unfinished, folder);
	} catch (error) {
		await rm(unfinished, { recursive: true, force: true });
		if (!existsSync(path.join(folder, 'PG_VERSION'))) throw error;
	}
}

async function refuseOtherVersion(folder: string, binaries: string): Promise<void> {
	const made = (await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim();
	const { output } = await runProgram(path.join(binaries, 'bin', 'postgres'), ['--version']);
	const ours = /(\d+)(\.|beta|rc)/.exec(output)?.[1];
	if (ours !== made) {
		throw new Fault(
			`The database in ${folder} was made by Postgres ${made}, this is Postgres ${ours ?? 'of an unknown version'}: ` +
				`move its data with pg_dump, or delete the folder to begin anew.`,
		);
	}
}

/** The C.UTF-8 locale has other names, or none, on some systems. */
async function findLocale(): Promise<string> {
	const { output } = await runProgram('locale', ['-a']).catch(() => ({ output: '' }));
	const known = output.split('\n');
	const wanted = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8'];
	return wanted.find((name) => known.includes(name)) ?? 'C.UTF-8';
}
