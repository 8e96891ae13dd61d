import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '#lib/server/config.ts';
import { demonstrate } from '../instance/demonstration.ts';
import { dataFolder, openInstance, type Instance } from '../instance/instance.ts';
import { takeLock } from '../instance/lock.ts';
import { proveServing } from '../instance/prove-serving.ts';
import { asOwner, migrate } from '../instance/migrate.ts';
import { seed } from '../instance/seed.ts';
import { Fault, tellError } from '../lib/fault.mjs';
import { readAddress, requireFreePort } from '../lib/port.mjs';
import { root } from '../lib/root.mjs';
import { say } from '../lib/say.mjs';
import { whenParentDies } from '../lib/when-parent-dies.mjs';

const PATIENCE_MS = 60_000;
/** After a server was asked to end: requests under way may finish within SHUTDOWN_TIMEOUT. */
const GRACE_MS = 15_000;

type Serving = {
	readonly defaultPort: number;
	/** The program that listens, as parameters of Node. */
	readonly program: readonly string[];
	/** Answered once the server is up; anything below 500 counts. */
	readonly probe: string;
};

type Ending = { readonly code: number; readonly fault?: Fault };

/** Opens the database, brings it up to date, serves on it until told to stop, and leaves nothing running. */
export async function serve(serving: Serving): Promise<void> {
	const stop = listenForStop();
	const undo: (() => Promise<void>)[] = [];
	try {
		const ending = await run(serving, stop, undo);
		if (ending.fault) throw ending.fault;
		process.exitCode = ending.code;
	} catch (error) {
		tellError(error);
		process.exitCode = 1;
	}
	for (const act of undo.reverse()) await act().catch(tellError);
	process.exit();
}

/** Settles when a signal asks for the end, or the command that started us is gone. */
function listenForStop(): Promise<'stop'> {
	return new Promise((resolve) => {
		const stop = () => resolve('stop');
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
		whenParentDies(stop);
	});
}

async function run(serving: Serving, stop: Promise<'stop'>, undo: (() => Promise<void>)[]): Promise<Ending> {
	const { host, port, url } = readAddress(process.env, serving.defaultPort);
	const given = withoutEmpty({
		...process.env,
		HOST: host,
		PORT: String(port),
		ORIGIN: process.env['ORIGIN'] || url,
	});
	refuseFaults(given);
	if (!process.env['DATABASE_URL']) undo.push(await takeLock(await dataFolder(process.env), `${url}/`));
	await requireFreePort(host, port);
	say('Opening the database …');
	const instance = await openInstance(process.env, 'secrets');
	undo.push(instance.stop);
	await bringUpToDate(instance, host);

	const server = spawn(
		process.execPath,
		['--import', './scripts/lib/end-with-parent.mjs', ...serving.program],
		{
			cwd: root,
			env: serverEnvironment(given, instance),
			stdio: ['ignore', 'inherit', 'inherit'],
		},
	);
	const serverEnded = new Promise<'server ended'>((resolve) =>
		server.once('exit', () => resolve('server ended')),
	);
	undo.push(() => endServer(server, serverEnded));

	const databaseEnded = instance.ended.then(() => 'database ended' as const);
	const anyEnd = Promise.race([stop, serverEnded, databaseEnded]);
	const first = await Promise.race([anyEnd, untilItAnswers(url + serving.probe)]);
	if (first === 'answers') say(`Ortaq Budget: ${url}/`);
	switch (first === 'answers' ? await anyEnd : first) {
		case 'stop':
			say('Stopping …');
			return { code: 0 };
		case 'server ended':
			return { code: 1, fault: new Fault('The server ended by itself; what it said stands above.') };
		case 'database ended':
			return {
				code: 1,
				fault: new Fault('The database ended by itself; its log lies in DATA_DIR/postgres.log.'),
			};
	}
}

/** An empty variable is none: compose files and shells write them so. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

/** Checks the configuration as the server will, before anything slow begins. What we make ourselves cannot be wrong. */
function refuseFaults(given: NodeJS.ProcessEnv): void {
	const ours = {
		DATABASE_URL: 'postgres://ours',
		SECRET_KEY: 'made when the embedded database is opened',
		PERSON_KEY: 'made beside it, at the same time, for good',
	};
	try {
		readConfig(given['DATABASE_URL'] ? given : { ...ours, ...given });
	} catch (error) {
		throw new Fault((error as Error).message);
	}
}

function serverEnvironment(given: NodeJS.ProcessEnv, instance: Instance): NodeJS.ProcessEnv {
	const env: NodeJS.ProcessEnv = {
		// The server limits each page's body itself; this is the framework's limit over all of them.
		BODY_SIZE_LIMIT: '300M',
		SHUTDOWN_TIMEOUT: '10',
		// Seconds in which the headers of a request must have come.
		HEADERS_TIMEOUT: '20',
		...given,
		DATABASE_URL: instance.appUrl,
		SECRET_KEY: instance.secretKey,
		PERSON_KEY: instance.personKey,
	};
	// The server has no use for the owner's password.
	delete env['MIGRATE_DATABASE_URL'];
	return env;
}

async function bringUpToDate(instance: Instance, host: string): Promise<void> {
	const names = await migrate(instance);
	if (names.length > 0) say(`Schema brought up to date (${names.length} migrations).`);
	const rows = await asOwner(instance, seed);
	if (rows > 0) say(`Cities and budgets loaded (${rows} rows).`);
	await proveServing(instance);
	await demonstrate(instance, process.env, host);
}

async function untilItAnswers(address: string): Promise<'answers'> {
	const deadline = Date.now() + PATIENCE_MS;
	while (Date.now() < deadline) {
		try {
			const { status } = await fetch(address, {
				redirect: 'manual',
				signal: AbortSignal.timeout(PATIENCE_MS),
			});
			if (status < 500) return 'answers';
		} catch {
			// Not yet.
		}
		await wait(50);
	}
	throw new Fault(`The server does not answer on ${address} after a minute.`);
}

async function endServer(server: ChildProcess, ended: Promise<unknown>): Promise<void> {
	server.kill('SIGTERM');
	const inTime = await Promise.race([ended, wait(GRACE_MS, null, { ref: false })]);
	if (inTime === null) server.kill('SIGKILL');
	await ended;
}
