import { describe, expect, it } from 'vitest';
import type { CityId } from '../base/ids.ts';
import type { StaffRole } from '../identity/words.ts';
import type { Grant } from './actor.ts';
import { belongsThere, checkGrant } from './grants.ts';

const here = 'taraz' as CityId;
const elsewhere = 'oral' as CityId;

const GRANTS: Readonly<Record<string, Grant>> = {
	'official here': { role: 'official', cityId: here },
	'official elsewhere': { role: 'official', cityId: elsewhere },
	'moderator here': { role: 'moderator', cityId: here },
	'moderator elsewhere': { role: 'moderator', cityId: elsewhere },
	analyst: { role: 'analyst', cityId: null },
	administrator: { role: 'administrator', cityId: null },
};

/** What nobody holds at once, in either order. */
const EXCLUDED: readonly (readonly [string, string, string])[] = [
	['official here', 'moderator here', 'official_and_moderator'],
	['official elsewhere', 'moderator elsewhere', 'official_and_moderator'],
	['official here', 'administrator', 'official_and_administrator'],
	['official elsewhere', 'administrator', 'official_and_administrator'],
];

describe('checkGrant', () => {
	for (const [held, holds] of Object.entries(GRANTS)) {
		for (const [wanted, grant] of Object.entries(GRANTS)) {
			const excluded = EXCLUDED.find(
				(pair) => held !== wanted && pair.includes(held) && pair.includes(wanted),
			);
			it(`${excluded ? 'does not let' : 'lets'} ${held} become ${wanted} as well`, () => {
				const expected = excluded ? { ok: false, refusal: { code: excluded[2] } } : { ok: true, value: null };
				expect(checkGrant([holds], grant)).toEqual(expected);
			});
		}
	}

	it('looks at all that is held, and refuses nothing to who holds nothing', () => {
		const held = [GRANTS['analyst']!, GRANTS['official elsewhere']!, GRANTS['official here']!];
		expect(checkGrant(held, GRANTS['moderator here']!).ok).toBe(false);
		expect(checkGrant([], GRANTS['administrator']!).ok).toBe(true);
	});
});

describe('belongsThere', () => {
	const ROLES: readonly (readonly [StaffRole, boolean])[] = [
		['official', true],
		['moderator', true],
		['analyst', false],
		['administrator', false],
	];
	it.each(ROLES)('grants %s in a city: %s', (role, inCity) => {
		expect(belongsThere({ role, cityId: here })).toBe(inCity);
		expect(belongsThere({ role, cityId: null })).toBe(!inCity);
	});
});
