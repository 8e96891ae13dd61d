import { createServer } from 'node:net';
import { Fault } from './fault.mjs';

/**
 * Refuses when somebody else listens there already.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<void>}
 */
export function requireFreePort(host, port) {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
			reject(new Fault(explain(error, host, port)));
		});
		probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
	});
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {string} host
 * @param {number} port
 */
function explain({ code, message }, host, port) {
	if (code === 'EADDRINUSE') {
		return `Port ${port} on ${host} is taken, perhaps by another copy of Ortaq Budget: stop it, or set another PORT.`;
	}
	if (code === 'EACCES') return `Port ${port} may not be opened by this user: set a PORT above 1023.`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
		return `HOST ${host} is not an address of this machine.`;
	return `Port ${port} on ${host} cannot be opened: ${message}.`;
}

/**
 * HOST and PORT of the environment.
 * @param {NodeJS.ProcessEnv} env
 * @param {number} defaultPort
 */
export function readAddress(env, defaultPort) {
	const host = env.HOST || '127.0.0.1';
	const port = env.PORT ? Number(env.PORT) : defaultPort;
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new Fault(`PORT must be a number from 1 to 65535, not ${env.PORT}.`);
	}
	return { host, port, url: urlOf(host, port) };
}

/**
 * An address that a browser on this machine can open.
 * @param {string} host
 * @param {number} port
 */
function urlOf(host, port) {
	if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
	if (host === '::') return `http://[::1]:${port}`;
	return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * Refuses an address that other machines can reach: the passwords of a demonstration are printed.
 * @param {string} host
 */
export function requireLoopback(host) {
	if (LOOPBACK.test(host)) return;
	throw new Fault(
		`A demonstration is served on this machine only, not on HOST ${host}: leave HOST out, or give DATABASE_URL.`,
	);
}
