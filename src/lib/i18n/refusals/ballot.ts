import type { BallotRefusalCode } from '#lib/domain/ballot/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RefusalTexts } from './texts.ts';

export const ballotRefusals: RefusalTexts<BallotRefusalCode> = {
	ballot_option_unknown: () => m.refusal_ballot_option_unknown(),
	ballot_option_twice: () => m.refusal_ballot_option_twice(),
	ballot_blank_with_options: () => m.refusal_ballot_blank_with_options(),
	ballot_too_few_options: () => m.refusal_ballot_too_few_options(),
	ballot_too_many_options: (max) => m.refusal_ballot_too_many_options({ max }),
	ballot_form_invalid: () => m.refusal_ballot_form_invalid(),
	voting_not_open_yet: () => m.refusal_voting_not_open_yet(),
	voting_closed: () => m.refusal_voting_closed(),
	residency_missing: () => m.refusal_residency_missing(),
	voted_as_another: () => m.refusal_voted_as_another(),
	submission_replaced: () => m.refusal_submission_replaced(),
};
