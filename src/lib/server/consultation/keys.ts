import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { CityId, ConsultationId, PersonId } from '#lib/domain/base/ids.ts';
import type { Keys, Random } from '../capabilities.ts';

/** Whose key it is: bound into the wrapping, so that a key moved to another consultation does not open. */
type Owner = { readonly cityId: CityId; readonly consultationId: ConsultationId };

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Makes the key of a consultation's pseudonyms, wrapped: only this form ever reaches the database. */
export function makeWrappedKey(keys: Keys, random: Random, owner: Owner): Uint8Array {
	const nonce = random(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, wrappingKey(keys), nonce).setAAD(ownerBytes(owner));
	const wrapped = Buffer.concat([cipher.update(random(KEY_BYTES)), cipher.final()]);
	return Buffer.concat([nonce, wrapped, cipher.getAuthTag()]);
}

/** The name under which a person's ballot lies: the same for all accounts of the person, another in each consultation. */
export type PseudonymOf = (personId: PersonId) => Uint8Array;

/** @throws Error when the key was wrapped under another secret or for another consultation. */
export function openPseudonyms(keys: Keys, owner: Owner, wrappedKey: Uint8Array): PseudonymOf {
	const key = unwrap(keys, owner, Buffer.from(wrappedKey));
	return (personId) => createHmac('sha256', key).update(personId).digest();
}

function unwrap(keys: Keys, owner: Owner, wrapped: Buffer): Buffer {
	const tagAt = wrapped.length - TAG_BYTES;
	const decipher = createDecipheriv(CIPHER, wrappingKey(keys), wrapped.subarray(0, NONCE_BYTES), {
		authTagLength: TAG_BYTES,
	});
	decipher.setAAD(ownerBytes(owner)).setAuthTag(wrapped.subarray(tagAt));
	return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, tagAt)), decipher.final()]);
}

function wrappingKey(keys: Keys): Buffer {
	return Buffer.from(hkdfSync('sha256', keys.secret, '', 'ortaq-budget consultation key 1', KEY_BYTES));
}

/** A city's slug has no space, so that two owners never give the same bytes. */
function ownerBytes({ cityId, consultationId }: Owner): Buffer {
	return Buffer.from(`${cityId} ${consultationId}`);
}
