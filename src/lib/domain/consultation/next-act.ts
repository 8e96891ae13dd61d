import type { Actor } from '../access/actor.ts';
import { denialOf } from '../access/can.ts';
import type { CityId } from '../base/ids.ts';
import { isCounted, type Phase } from './phase.ts';

/** What somebody can do about a consultation now: the one main act of its page. */
export type NextAct =
	| 'wait_for_discussion'
	| 'discuss'
	| 'sign_in'
	| 'confirm_email'
	| 'confirm_residency'
	| 'vote_at_home'
	| 'vote'
	| 'change_vote'
	| 'wait_for_result'
	| 'see_result';

/**
 * Follows from the phase and, while voting is open, from what the access table says stands in the way of this actor. A
 * resident of another city is told so instead of being sent to confirm a second one.
 */
export function nextAct(
	{ cityId, phase }: { readonly cityId: CityId; readonly phase: Phase },
	actor: Actor,
	hasVoted: boolean,
): NextAct {
	if (phase === 'preparation') return 'wait_for_discussion';
	if (phase === 'discussion') return 'discuss';
	if (isCounted(phase)) return 'see_result';
	if (phase !== 'voting') return 'wait_for_result';
	switch (denialOf(actor, 'ballot.cast', { cityId })) {
		case null:
		// The way to the ballot leads over the new text.
		case 'consent_outdated':
			return hasVoted ? 'change_vote' : 'vote';
		case 'sign_in_needed':
			return 'sign_in';
		case 'email_unconfirmed':
			return 'confirm_email';
		case 'residency_missing':
		// No role is needed to vote.
		case 'second_factor_missing':
		case 'not_yours':
			return actor.kind === 'signed_in' && actor.residency !== null ? 'vote_at_home' : 'confirm_residency';
	}
}
