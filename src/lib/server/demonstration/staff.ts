import type { CityId } from '#lib/domain/base/ids.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import { DEMONSTRATION_STAFF_DOMAIN } from '../identity/index.ts';

/** Everybody simulated has an address here: it can never receive a mail (RFC 2606). */
export const RESIDENT_DOMAIN = 'example.invalid';

/** Somebody whose part a visitor of the demonstration can play. */
export type StaffMember = {
	readonly role: StaffRole | 'resident';
	readonly city: CityId | null;
	readonly email: string;
	readonly displayName: string;
};

/**
 * An official and a ready resident of each city, in the first one a second official for what needs two; a moderator of the
 * first one, who is no official of it; an analyst and an administrator.
 */
export function listStaff(cities: readonly CityId[]): readonly StaffMember[] {
	return [
		...cities.map((city) => member('official', city, 'Әкімдік қызметкері')),
		...cities.slice(0, 1).map((city) => member('official', city, 'Әріптес', 'colleague')),
		...cities.map((city) => member('resident', city, 'Қонақ')),
		...cities.slice(0, 1).map((city) => member('moderator', city, 'Модератор')),
		member('analyst', null, 'Талдаушы'),
		member('administrator', null, 'Әкімші'),
	];
}

function member(
	role: StaffMember['role'],
	city: CityId | null,
	displayName: string,
	called: string = role,
): StaffMember {
	const local = city === null ? called : `${called}.${city}`;
	return { role, city, email: `${local}@${DEMONSTRATION_STAFF_DOMAIN}`, displayName };
}
