import type { BallotRefusal } from './methods.ts';
import type { SubmissionRefusal } from './submission.ts';

/** Why a valid ballot was not cast. The ballot cast before, if there is one, stands. */
export type CastRefusal =
	| { readonly code: 'voting_not_open_yet' }
	| { readonly code: 'voting_closed' }
	| { readonly code: 'residency_missing' }
	/** From this account a ballot was cast in this consultation by somebody else, as whom it was confirmed before. */
	| { readonly code: 'voted_as_another' }
	| { readonly code: 'submission_replaced' }
	| SubmissionRefusal;

/** All that can be refused about ballots, for the texts: none may lack one. */
export type BallotRefusalCode = BallotRefusal['code'] | CastRefusal['code'];
