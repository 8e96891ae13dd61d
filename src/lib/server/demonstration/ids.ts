import { uuidV7 } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Random } from '../capabilities.ts';

/** An id as it would have been made at that moment, so that ids and times of the past sort alike. */
export function idAt<Id extends string>(random: Random, moment: Instant): Id {
	return uuidV7(Date.parse(moment), random(16)) as Id;
}
