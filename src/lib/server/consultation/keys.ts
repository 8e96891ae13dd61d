import { createHmac } from 'node:crypto';
import type { CityId, ConsultationId, PersonId } from '#lib/domain/base/ids.ts';
import type { Keys, Random } from '../capabilities.ts';
import { seal, unseal, type Seal } from '../sealed.ts';

/** Whose key it is: bound into the wrapping, so that a key moved to another consultation does not open. */
type Owner = { readonly cityId: CityId; readonly consultationId: ConsultationId };

const KEY_BYTES = 32;

/** Makes the key of a consultation's pseudonyms, wrapped: only this form ever reaches the database. */
export function makeWrappedKey(keys: Keys, random: Random, owner: Owner): Uint8Array {
	return seal(keys, random, sealOf(owner), random(KEY_BYTES));
}

/** The name under which a person's ballot lies: the same for all accounts of the person, another in each consultation. */
export type PseudonymOf = (personId: PersonId) => Uint8Array;

/** @throws Error when the key was wrapped under another secret or for another consultation. */
export function openPseudonyms(keys: Keys, owner: Owner, wrappedKey: Uint8Array): PseudonymOf {
	const key = unseal(keys, sealOf(owner), wrappedKey);
	return (personId) => createHmac('sha256', key).update(personId).digest();
}

/** A city's slug has no space, so that two owners never give the same bytes. */
function sealOf({ cityId, consultationId }: Owner): Seal {
	return { purpose: 'consultation key 1', owner: `${cityId} ${consultationId}` };
}
