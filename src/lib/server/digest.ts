import { createHash, createHmac } from 'node:crypto';

/** For chains of hashes, and for secrets of full length that are themselves random: session ids, one-time tokens. */
export function sha256(data: string | Uint8Array): Uint8Array {
	return createHash('sha256').update(data).digest();
}

/**
 * For what could be guessed from a list (an IIN, a code on paper, an address): without the key nothing can be tried.
 * The purpose keeps two uses of one key apart; the parts cannot run into each other.
 */
export function hmac(key: string, purpose: string, ...parts: readonly string[]): Uint8Array {
	return createHmac('sha256', key)
		.update(JSON.stringify([purpose, ...parts]))
		.digest();
}
