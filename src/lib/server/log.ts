import pino, { type DestinationStream, type Logger } from 'pino';

/** Fields that are never written, however they come to be logged. Whoever logs names ids, routes and codes instead. */
const SECRET_FIELDS = [
	'address',
	'authorization',
	'cookie',
	'email',
	'email_key',
	'iin',
	'newPassword',
	'password',
	'secret',
	'set-cookie',
	'sessionId',
	'to',
	'token',
] as const;

/** A field stands by itself or inside an error, a request or an account. */
const paths = SECRET_FIELDS.flatMap((field) => [`["${field}"]`, `*["${field}"]`]);

/**
 * One line of JSON an event: whatever stands in a text, no line and no terminal can be broken by it.
 * @param destination standard output unless told
 */
export function openLog(level: string, destination?: DestinationStream): Logger {
	const options = { level, redact: paths };
	return destination ? pino(options, destination) : pino(options);
}
