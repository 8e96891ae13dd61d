import { describe, expect, it } from 'vitest';
import { VISITOR, type SignedIn } from '../access/actor.ts';
import type { AccountId, CityId, PersonId } from '../base/ids.ts';
import { nextAct } from './next-act.ts';

const here = 'taraz' as CityId;
const unconfirmed: SignedIn = {
	kind: 'signed_in',
	accountId: '01890000-0000-7000-8000-000000000001' as AccountId,
	displayName: 'А.',
	secondFactorGiven: false,
	consentIsCurrent: true,
	emailConfirmed: false,
	residency: null,
	grants: [],
};
const confirmed: SignedIn = { ...unconfirmed, emailConfirmed: true };
const residentOf = (cityId: CityId): SignedIn => ({
	...confirmed,
	residency: { cityId, personId: '01890000-0000-7000-8000-000000000002' as PersonId },
});

describe('the main act of a consultation', () => {
	it.each([
		['a visitor', VISITOR, false, 'sign_in'],
		['an account without a confirmed address', unconfirmed, false, 'confirm_email'],
		['an account without a city', confirmed, false, 'confirm_residency'],
		['a resident of another city', residentOf('oral' as CityId), false, 'vote_at_home'],
		['a resident', residentOf(here), false, 'vote'],
		['a resident who has voted', residentOf(here), true, 'change_vote'],
	] as const)('while voting is open, for %s', (_, actor, hasVoted, act) => {
		expect(nextAct({ cityId: here, phase: 'voting' }, actor, hasVoted)).toBe(act);
	});

	it.each([
		['preparation', 'wait_for_discussion'],
		['discussion', 'discuss'],
		['counting', 'wait_for_result'],
		['answering', 'see_result'],
		['closed', 'see_result'],
	] as const)('in %s is the same for everybody', (phase, act) => {
		for (const actor of [VISITOR, unconfirmed, residentOf(here)]) {
			expect(nextAct({ cityId: here, phase }, actor, true)).toBe(act);
		}
	});
});
