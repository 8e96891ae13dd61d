import { Fault } from '../lib/fault.mjs';

const DISK_FULL = '53100';
const OUT_OF_CONNECTIONS = '53300';
const WRONG_PASSWORD = new Set(['28P01', '28000']);
const NO_DATABASE = '3D000';
const NO_RIGHT = '42501';
const NO_TABLE = '42P01';
const UNREACHABLE = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'ETIMEDOUT',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOENT',
]);

/**
 * Turns what a database answered into the line to show; anything else stays what it is.
 * @param name of the variable that holds the address, or null for the embedded database.
 */
export function explainDatabase(error: unknown, name: string | null, url: string): unknown {
	if (error instanceof Fault) return error;
	const { code, message } = firstOf(error);
	const address = new URL(url);
	const server = name === null ? 'the embedded database' : `the database server ${address.host} (${name})`;
	const user = decodeURIComponent(address.username);
	if (code === DISK_FULL) return new Fault(`The disk of ${server} is full. Make room and try again.`);
	if (code === OUT_OF_CONNECTIONS) return new Fault(`${capital(server)} has no connection left: ${message}.`);
	if (WRONG_PASSWORD.has(code)) return new Fault(`${capital(server)} does not let ${user} in: ${message}.`);
	if (code === NO_DATABASE) return new Fault(`${capital(server)} has no such database: ${message}.`);
	if (code === NO_RIGHT)
		return new Fault(`${capital(server)} does not allow ${user} to do this: ${message}.`);
	if (code === NO_TABLE)
		return new Fault(`${capital(server)} is behind (${message}): run npm run db:migrate.`);
	// Kysely has no code for it: a migration that ran there is not among ours, or ours are to run before one that has.
	if (message.startsWith('corrupted migrations')) {
		return new Fault(
			`${capital(server)} holds the schema of another version of Ortaq Budget (${message}): ` +
				`run the version that made it, or take another database.`,
		);
	}
	if (UNREACHABLE.has(code) || /timeout|terminated|SASL|SSL|password must be/i.test(message)) {
		return new Fault(`${capital(server)} does not answer: ${message || code}.`);
	}
	return error;
}

/** A connection tried on several addresses fails with all of their errors at once. */
function firstOf(error: unknown): { code: string; message: string } {
	const cause = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
	const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
	return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
