import type { Refusal, Result } from '../base/result.ts';
import {
	validateApproval,
	type ApprovalBallot,
	type ApprovalChoice,
	type ApprovalPaper,
	type ApprovalRefusal,
} from './approval.ts';

/** What one way of voting must bring along; a new one is a file and a line in the record below. */
type Method<Paper, Choice, Ballot, R extends Refusal> = {
	/** Names the first rule that is broken, in the order of docs/tally.md, 1. */
	readonly validate: (paper: Paper, choice: Choice) => Result<Ballot, R>;
};

/** The methods by Pabulib's names. The database's check holds the same list. */
const BALLOT_METHODS = {
	approval: { validate: validateApproval } satisfies Method<
		ApprovalPaper,
		ApprovalChoice,
		ApprovalBallot,
		ApprovalRefusal
	>,
} as const;

export type BallotMethodName = keyof typeof BALLOT_METHODS;
export type Choice = ApprovalChoice;
export type Ballot = ApprovalBallot;
export type BallotRefusal = ApprovalRefusal;

/** The ballot that was meant, or the first rule that it breaks. */
export function validateBallot(
	paper: ApprovalPaper & { readonly method: BallotMethodName },
	choice: Choice,
): Result<Ballot, BallotRefusal> {
	return BALLOT_METHODS[paper.method].validate(paper, choice);
}
