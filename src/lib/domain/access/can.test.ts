import { describe, expect, it } from 'vitest';
import type { AccountId, CityId, PersonId } from '../base/ids.ts';
import { VISITOR, type Actor, type SignedIn } from './actor.ts';
import { ACTIONS, can, denialOf, type Action } from './can.ts';

const here = 'taraz' as CityId;
const elsewhere = 'oral' as CityId;

const unconfirmed: SignedIn = {
	kind: 'signed_in',
	accountId: '01890000-0000-7000-8000-000000000001' as AccountId,
	displayName: 'A.',
	emailConfirmed: false,
	secondFactorGiven: true,
	consentIsCurrent: true,
	residency: null,
	grants: [],
};
const confirmed: SignedIn = { ...unconfirmed, emailConfirmed: true };
const residentOf = (cityId: CityId): SignedIn => ({
	...confirmed,
	residency: { cityId, personId: '01890000-0000-7000-8000-000000000002' as PersonId },
});

const ACTORS: Readonly<Record<string, Actor>> = {
	visitor: VISITOR,
	unconfirmed,
	confirmed,
	'agreed to an earlier text': { ...residentOf(here), consentIsCurrent: false },
	'resident here': residentOf(here),
	'resident elsewhere': residentOf(elsewhere),
	'official here': { ...confirmed, grants: [{ role: 'official', cityId: here }] },
	'official here by password alone': {
		...confirmed,
		secondFactorGiven: false,
		grants: [{ role: 'official', cityId: here }],
	},
	'administrator by password alone': {
		...confirmed,
		secondFactorGiven: false,
		grants: [{ role: 'administrator', cityId: null }],
	},
	'official elsewhere': { ...confirmed, grants: [{ role: 'official', cityId: elsewhere }] },
	'unconfirmed official here': { ...unconfirmed, grants: [{ role: 'official', cityId: here }] },
	'moderator here': { ...confirmed, grants: [{ role: 'moderator', cityId: here }] },
	analyst: { ...confirmed, grants: [{ role: 'analyst', cityId: null }] },
	administrator: { ...confirmed, grants: [{ role: 'administrator', cityId: null }] },
};

const signedIn = Object.keys(ACTORS).filter((name) => name !== 'visitor');
const withMail = signedIn.filter((name) => !name.startsWith('unconfirmed'));
const participants = signedIn.filter((name) => !/^(unconfirmed|agreed)/.test(name));

const ALLOWED: Readonly<Record<Action, readonly string[]>> = {
	'account.view': signedIn,
	'account.manage': signedIn,
	'account.resend_confirmation': signedIn,
	'factor.manage': withMail,
	'residency.confirm': participants,
	'comment.create': participants,
	'ballot.cast': ['resident here'],
	'office.view': ['official here'],
	'response.publish': ['official here'],
	'audit.view': ['official here', 'administrator'],
	'residents.import': ['official here'],
	'residency_code.manage': ['official here'],
	'counter.manage': ['official here'],
	'invitation.accept': withMail,
	'admin.view': ['administrator'],
	'staff.invite': ['administrator'],
	'role.revoke': ['administrator'],
	'city.configure': ['administrator'],
};

describe('can', () => {
	for (const action of ACTIONS) {
		for (const [name, actor] of Object.entries(ACTORS)) {
			const allowed = ALLOWED[action].includes(name);
			it(`${allowed ? 'lets' : 'does not let'} ${name} do ${action}`, () => {
				expect(can(actor, action, { cityId: here })).toBe(allowed);
			});
		}
	}

	it('shows the whole audit log to administrators only', () => {
		for (const [name, actor] of Object.entries(ACTORS)) {
			expect(can(actor, 'audit.view', { cityId: null }), name).toBe(name === 'administrator');
		}
	});

	it('lets administrators do nothing in the name of a city or of a resident', () => {
		const actor = ACTORS['administrator']!;
		const theirs = ACTIONS.filter((action) => can(actor, action, { cityId: here }));
		expect(theirs.filter((action) => !can(confirmed, action, { cityId: here }))).toEqual([
			'audit.view',
			'admin.view',
			'staff.invite',
			'role.revoke',
			'city.configure',
		]);
	});

	it('denies what the table does not name', () => {
		expect(can(residentOf(here), 'ballot.read' as Action, { cityId: here })).toBe(false);
		expect(can(residentOf(here), 'toString' as Action, { cityId: here })).toBe(false);
	});

	it('tells what stands in the way, the nearest step first', () => {
		expect(denialOf(VISITOR, 'ballot.cast', { cityId: here })).toBe('sign_in_needed');
		expect(denialOf(unconfirmed, 'ballot.cast', { cityId: here })).toBe('email_unconfirmed');
		expect(denialOf({ ...confirmed, consentIsCurrent: false }, 'ballot.cast', { cityId: here })).toBe(
			'consent_outdated',
		);
		expect(denialOf(confirmed, 'ballot.cast', { cityId: here })).toBe('residency_missing');
		expect(denialOf(confirmed, 'response.publish', { cityId: here })).toBe('not_yours');
		const official = ACTORS['official here by password alone']!;
		expect(denialOf(official, 'response.publish', { cityId: here })).toBe('second_factor_missing');
		expect(denialOf(official, 'response.publish', { cityId: elsewhere })).toBe('not_yours');
	});

	it('lets staff who signed in by the password alone do only what they could without a role', () => {
		for (const action of ACTIONS) {
			for (const [name, actor] of Object.entries(ACTORS)) {
				if (actor.kind === 'visitor') continue;
				const withoutRole = { ...actor, grants: [] };
				for (const subject of [{ cityId: here }, { cityId: null }]) {
					const allowed = can({ ...actor, secondFactorGiven: false }, action, subject);
					expect(allowed && !can(withoutRole, action, subject), `${name} ${action}`).toBe(false);
				}
			}
		}
	});
});
