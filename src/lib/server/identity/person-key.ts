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
