import { ok, refused, type Result } from '../base/result.ts';
import type { StaffRole } from '../identity/words.ts';
import type { Grant } from './actor.ts';

/** Granted in one city. */
export const ROLES_OF_A_CITY = ['official', 'moderator'] as const satisfies readonly StaffRole[];
/** Granted once, for all cities. */
export const ROLES_EVERYWHERE = ['administrator', 'analyst'] as const satisfies readonly StaffRole[];

export type GrantRefusal = { readonly code: 'official_and_moderator' | 'official_and_administrator' };

/** True when the role is granted where it must be: in a city, or in none. */
export function belongsThere({ role, cityId }: Grant): boolean {
	const isOfCity = ROLES_OF_A_CITY.some((each) => each === role);
	return isOfCity === (cityId !== null);
}

/**
 * Whether a role may be added to those that somebody holds. Who moderates what residents say to an akimat is none of its
 * officials, and who hands out roles answers in no city's name; the database holds the same (migration T2250).
 */
export function checkGrant(held: readonly Grant[], wanted: Grant): Result<null, GrantRefusal> {
	const isHeld = (role: StaffRole, cityId: Grant['cityId']) =>
		held.some((grant) => grant.role === role && grant.cityId === cityId);
	switch (wanted.role) {
		case 'official':
			if (isHeld('administrator', null)) return refused({ code: 'official_and_administrator' });
			if (isHeld('moderator', wanted.cityId)) return refused({ code: 'official_and_moderator' });
			return ok(null);
		case 'moderator':
			return isHeld('official', wanted.cityId) ? refused({ code: 'official_and_moderator' }) : ok(null);
		case 'administrator':
			return held.some(({ role }) => role === 'official')
				? refused({ code: 'official_and_administrator' })
				: ok(null);
		case 'analyst':
			return ok(null);
	}
}
