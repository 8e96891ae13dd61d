import type { Action } from '#lib/domain/access/can.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Permit } from '../http/index.ts';

/** The city that a permit was given for: what a command changes lies there and nowhere else. */
export function cityOf(permit: Permit<Action>): CityId {
	const { cityId } = permit.subject;
	if (cityId === null) throw new Error('this permit is for no city');
	return cityId;
}
