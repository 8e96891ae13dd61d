import { spawn, type ChildProcess } from 'node:child_process';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { Fault, faultFromOutput } from '../lib/fault.mjs';
import { runProgram } from '../lib/run-program.mjs';
import { makeOpenFolder } from './place.ts';
import { findTemporary, type Runner } from './runner.ts';

/** A running Postgres of our own: a folder of data, a process and a socket that only we can reach. */
export type Cluster = {
	/** The folder of the socket; there is no port. */
	readonly socket: string;
	/** Settles when the server is gone, whoever ended it. */
	readonly ended: Promise<void>;
	/** Ends it cleanly: what is being done is rolled back, what was done is kept. */
	readonly stop: () => Promise<void>;
};

export type ClusterOptions = {
	/** The folder of the data; made when missing. */
	readonly folder: string;
	readonly binaries: string;
	readonly runner: Runner;
	readonly logFile: string;
	/** Gives up what keeps data safe in a power cut, for speed. For tests only. */
	readonly disposable?: boolean;
};

/** The superuser of our own cluster: makes roles and databases, never serves. */
export const SUPERUSER = 'postgres';

const PATIENCE_MS = 60_000;
const LOG_LIMIT = 10_000_000;
const SOCKET_PREFIX = 'ortaq-';
/** Of a path to a socket, by the kernels; less `/.s.PGSQL.5432`. */
const SOCKET_FOLDER_MAX = 85;

/** A connection address on the cluster's socket. */
export function socketUrl(socket: string, role: string, database: string): string {
	return `postgres://${role}@localhost/${database}?host=${encodeURIComponent(socket)}`;
}

/** Starts the server of this folder, or takes over the one that a killed command has left running. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
	await initialise(options);
	const deadline = Date.now() + PATIENCE_MS;
	while (Date.now() < deadline) {
		const cluster = (await adopt(options)) ?? (await start(options));
		if (cluster !== null) return cluster;
		await wait(50);
	}
	throw new Fault(
		`The database in ${options.folder} neither starts nor stops; its log is ${options.logFile}`,
	);
}

/** Makes the data folder beside its place and moves it there whole: it exists completely or not at all. */
async function initialise({ folder, binaries, runner, disposable }: ClusterOptions): Promise<void> {
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

type PidFile = { readonly pid: number; readonly socket: string };

/** Ends the server of a folder whose owner is gone, without care for its data. */
export async function killLeftover(folder: string): Promise<void> {
	const found = readPidFile(folder);
	if (found === null || !isServerOf(folder, found.pid)) return;
	process.kill(found.pid, 'SIGQUIT');
	while (isAlive(found.pid)) await wait(15);
	await removeSocket(found.socket);
}

function readPidFile(folder: string): PidFile | null {
	const file = path.join(folder, 'postmaster.pid');
	if (!existsSync(file)) return null;
	const lines = readFileSync(file, 'utf8').split('\n');
	const pid = Number(lines[0]);
	return Number.isInteger(pid) && pid > 0 ? { pid, socket: lines[4] ?? '' } : null;
}

/**
 * The server that already runs in this folder, or null when none does. It counts as running only once it has answered:
 * it may be on its way down.
 */
async function adopt({ folder }: ClusterOptions): Promise<Cluster | null> {
	const found = readPidFile(folder);
	if (found === null) return null;
	const deadline = Date.now() + PATIENCE_MS;
	while (isServerOf(folder, found.pid) && Date.now() < deadline) {
		if (found.socket !== '' && (await answers(found.socket))) {
			return handleOn(found.pid, found.socket, untilGone(found.pid));
		}
		await wait(50);
	}
	// What is left of a server that was killed. Postgres would clear it itself, but it takes a zombie that nobody reaps, or
	// a stranger that got the same number, for a living server.
	if (!isServerOf(folder, found.pid) && readPidFile(folder)?.pid === found.pid) {
		await rm(path.join(folder, 'postmaster.pid'), { force: true });
		await removeSocket(found.socket);
	}
	return null;
}

async function start(options: ClusterOptions): Promise<Cluster | null> {
	const { folder, binaries, runner, disposable } = options;
	const socket = await makeSocketFolder(runner);
	const log = await openLog(options.logFile);
	const logStart = (await log.stat()).size;
	const unsafe = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
	const settings = [
		'listen_addresses=',
		'unix_socket_permissions=0700',
		'timezone=UTC',
		'log_timezone=UTC',
		...(disposable ? unsafe : []),
	];
	const child = spawnAs(
		runner,
		path.join(binaries, 'bin', 'postgres'),
		['-D', folder, '-k', socket, ...settings.flatMap((setting) => ['-c', setting])],
		log.fd,
	);
	const ended = new Promise<void>((resolve, reject) => {
		child.once('exit', () => resolve());
		child.once('error', reject);
	});
	ended.catch(() => {});
	let running = true;
	child.once('exit', () => (running = false));
	const deadline = Date.now() + PATIENCE_MS;
	try {
		while (running && child.pid !== undefined && Date.now() < deadline) {
			if (await answers(socket)) return handleOn(child.pid, socket, ended);
			await wait(15);
		}
		if (child.pid === undefined) await ended;
	} finally {
		await log.close();
	}
	await removeSocket(socket);
	const output = await readFrom(options.logFile, logStart);
	// Somebody else was faster, or the processes of a killed server are not yet gone: look again.
	if (/lock file ".*" already exists|pre-existing shared memory block/.test(output)) return null;
	throw faultFromOutput(
		output,
		`The database in ${folder} does not start: ${lastLine(output)} (its log is ${options.logFile})`,
	);
}

function handleOn(pid: number, socket: string, ended: Promise<void>): Cluster {
	let stopping: Promise<void> | undefined;
	return {
		socket,
		ended,
		stop: () => (stopping ??= stopProcess(pid, socket)),
	};
}

async function stopProcess(pid: number, socket: string): Promise<void> {
	// SIGINT is Postgres' fast shutdown; SIGQUIT its immediate one, after which the next start recovers.
	if (isAlive(pid)) process.kill(pid, 'SIGINT');
	const deadline = Date.now() + PATIENCE_MS;
	while (isAlive(pid) && Date.now() < deadline) await wait(15);
	if (isAlive(pid)) process.kill(pid, 'SIGQUIT');
	while (isAlive(pid)) await wait(15);
	await removeSocket(socket);
}

/** For a server that is not our child. It keeps no process from ending. */
async function untilGone(pid: number): Promise<void> {
	while (isAlive(pid)) await wait(50, undefined, { ref: false });
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

/** True when this process lives and is a Postgres of this folder, not a stranger with the same number. */
function isServerOf(folder: string, pid: number): boolean {
	if (!isAlive(pid)) return false;
	if (process.platform !== 'linux') return true;
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(folder);
	} catch {
		return false;
	}
}

async function answers(socket: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: socketUrl(socket, SUPERUSER, 'postgres') });
	client.on('error', () => {});
	try {
		await client.connect();
		return true;
	} catch {
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}

/** A short path, closed to everybody but the runner and us. */
async function makeSocketFolder(runner: Runner): Promise<string> {
	const temporary = findTemporary(runner, SOCKET_FOLDER_MAX);
	const folder = await mkdtemp(path.join(temporary, SOCKET_PREFIX));
	await chmod(folder, 0o700);
	if (runner) await chown(folder, runner.uid, runner.gid);
	return folder;
}

async function removeSocket(socket: string): Promise<void> {
	if (path.basename(socket).startsWith(SOCKET_PREFIX)) await rm(socket, { recursive: true, force: true });
}

async function openLog(file: string) {
	const size = (await stat(file).catch(() => null))?.size ?? 0;
	if (size > LOG_LIMIT) await rename(file, `${file}.1`);
	return await open(file, 'a', 0o600);
}

async function readFrom(file: string, begin: number): Promise<string> {
	const stream = createReadStream(file, { start: begin, encoding: 'utf8' });
	let text = '';
	for await (const chunk of stream) text += String(chunk);
	return text;
}

function lastLine(output: string): string {
	const lines = output.trim().split('\n');
	const telling = lines.filter((line) => /FATAL|ERROR|error:|PANIC/.test(line));
	return (telling.at(-1) ?? lines.at(-1) ?? '').replace(/^.*?(FATAL|ERROR|error|PANIC):\s*/, '');
}

/** Postgres reads its settings from the command line; nothing of our environment reaches it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

function identity(runner: Runner) {
	return runner === null ? {} : { uid: runner.uid, gid: runner.gid };
}

/** Its own process group: a terminal's Ctrl-C must reach the server first, and this one afterwards through us. */
function spawnAs(runner: Runner, program: string, parameters: string[], output: number): ChildProcess {
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

async function runAs(runner: Runner, program: string, parameters: string[]) {
	return await runProgram(program, parameters, { ...identity(runner), cwd: '/', env: cleanEnvironment() });
}
