import { setTimeout as wait } from 'node:timers/promises';
import path from 'node:path';
import { Fault, faultFromOutput } from '../lib/fault.mjs';
import { makeDataFolder, type DataFolder } from './data-folder.ts';
import { lastLine, openLog, readFrom } from './log.ts';
import { spawnAs } from './run-as.ts';
import { isAlive, isServerOf, readPidFile, removePidFile } from './server-process.ts';
import { answers, makeSocketFolder, removeSocketFolder } from './socket.ts';

/** A running Postgres of our own: a folder of data, a process and a socket that only we can reach. */
export type Cluster = {
	/** The folder of the socket; there is no port. */
	readonly socket: string;
	/** Settles when the server is gone, whoever ended it. */
	readonly ended: Promise<void>;
	/** Ends it cleanly: what is being done is rolled back, what was done is kept. */
	readonly stop: () => Promise<void>;
};

export type ClusterOptions = DataFolder & { readonly logFile: string };

const PATIENCE_MS = 60_000;

/** Starts the server of this folder, or takes over the one that a killed command has left running. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
	await makeDataFolder(options);
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
		await removePidFile(folder);
		await removeSocketFolder(found.socket);
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
		// An error's details repeat the row that was refused, with the address of whoever sent it.
		'log_error_verbosity=terse',
		'log_parameter_max_length_on_error=0',
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
	await removeSocketFolder(socket);
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
	await removeSocketFolder(socket);
}

/** For a server that is not our child. It keeps no process from ending. */
async function untilGone(pid: number): Promise<void> {
	while (isAlive(pid)) await wait(50, undefined, { ref: false });
}

/** Ends the server of a folder whose owner is gone, without care for its data. */
export async function killLeftover(folder: string): Promise<void> {
	const found = readPidFile(folder);
	if (found === null || !isServerOf(folder, found.pid)) return;
	process.kill(found.pid, 'SIGQUIT');
	while (isAlive(found.pid)) await wait(15);
	await removeSocketFolder(found.socket);
}
