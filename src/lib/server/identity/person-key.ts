import type { CityId } from '#lib/domain/base/ids.ts';
import type { Keys } from '../capabilities.ts';
import { hmac } from '../digest.ts';

/**
 * The mark by which a person is one person in a city, whatever method or account they come by. Its key is never rotated:
 * a new one would make every person a stranger who has not voted yet.
 */
export function toPersonKey(keys: Keys, cityId: CityId, identity: string): Uint8Array {
	return hmac(keys.person, 'person', cityId, identity);
}

/**
 * The mark by which somebody is the same in all cities, so that they live in one. Kept only of those who have confirmed a
 * residency, or hold a code to do so; the lists of two cities cannot be laid side by side.
 */
export function toIdentityKey(keys: Keys, identity: string): Uint8Array {
	return hmac(keys.person, 'identity', identity);
}
