import type { Brand } from '../base/brand.ts';

/** A SHA-256 in 64 lower-case hexadecimal digits. */
export type Hash = Brand<string, 'Hash'>;

/** SHA-256 (FIPS 180-4), passed in: the domain does no input or output, and knows no library. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

const HASH = /^[0-9a-f]{64}$/;

/** Null when the text is no hash in exactly this form. */
export function readHash(text: string): Hash | null {
	return HASH.test(text) ? (text as Hash) : null;
}

export function toHash(bytes: Uint8Array): Hash {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') as Hash;
}

export function hashBytes(hash: Hash): Uint8Array {
	return Uint8Array.from({ length: hash.length / 2 }, (_, index) =>
		Number.parseInt(hash.slice(2 * index, 2 * index + 2), 16),
	);
}

export function hashText(sha256: Sha256, text: string): Hash {
	return toHash(sha256(new TextEncoder().encode(text)));
}
