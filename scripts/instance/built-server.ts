import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fromRoot, root } from '../lib/root.mjs';

const PATIENCE_MS = 30_000;

export type BuiltServer = {
	/** Without a slash at the end. */
	readonly url: string;
	readonly pid: number;
	/** What it wrote so far, its log included. */
	output(): string;
	stop(): Promise<void>;
};

/** Starts the production build on a free port of the loopback, and waits until it answers. */
export async function startBuiltServer(
	variables: NodeJS.ProcessEnv,
	name: '127.0.0.1' | 'localhost' = '127.0.0.1',
): Promise<BuiltServer> {
	const port = await findFreePort();
	const url = `http://${name}:${port}`;
	const watch = fromRoot('scripts', 'lib', 'end-with-parent.mjs');
	const server = spawn(process.execPath, ['--import', watch, fromRoot('build', 'index.js')], {
		cwd: root,
		env: {
			...process.env,
			HOST: '127.0.0.1',
			PORT: String(port),
			ORIGIN: url,
			SHUTDOWN_TIMEOUT: '1',
			BODY_SIZE_LIMIT: '300M',
			...variables,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	server.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
	server.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
	const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
	const stop = async () => {
		server.kill('SIGTERM');
		const timer = setTimeout(() => server.kill('SIGKILL'), 5_000);
		await ended;
		clearTimeout(timer);
	};
	const deadline = Date.now() + PATIENCE_MS;
	while (server.exitCode === null && Date.now() < deadline) {
		const answer = await fetch(`${url}/readyz`).catch(() => null);
		if (answer?.ok) return { url, pid: server.pid!, output: () => output, stop };
		await wait(30);
	}
	await stop();
	throw new Error(`The built server does not come up:\n${output}`);
}

async function findFreePort(): Promise<number> {
	return await new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', reject);
		probe.listen(0, '127.0.0.1', () => {
			const address = probe.address();
			probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});
}
