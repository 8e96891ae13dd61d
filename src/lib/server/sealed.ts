import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Keys, Random } from './capabilities.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed secret is for, which gives it a key of its own; and whose it is, so that it opens for nobody else. */
export type Seal = { readonly purpose: string; readonly owner: string };

/** Encrypts under a key that follows from the secret of the environment: only this form reaches the database. */
export function seal(keys: Keys, random: Random, { purpose, owner }: Seal, secret: Uint8Array): Uint8Array {
	const nonce = random(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, keyOf(keys, purpose), nonce).setAAD(Buffer.from(owner));
	return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when it was sealed under another secret, for another purpose or for another owner. */
export function unseal(keys: Keys, { purpose, owner }: Seal, sealed: Uint8Array): Uint8Array {
	const bytes = Buffer.from(sealed);
	const tagAt = bytes.length - TAG_BYTES;
	const decipher = createDecipheriv(CIPHER, keyOf(keys, purpose), bytes.subarray(0, NONCE_BYTES), {
		authTagLength: TAG_BYTES,
	});
	decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(tagAt));
	return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
}

function keyOf(keys: Keys, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', keys.secret, '', `ortaq-budget ${purpose}`, KEY_BYTES));
}
