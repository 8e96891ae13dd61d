import type { OptionId } from '../base/ids.ts';
import { ok, refused, type Result } from '../base/result.ts';

/** What a voter is given: the options in their order, and how many may be chosen. */
export type ApprovalPaper = { readonly optionIds: readonly OptionId[]; readonly maxOptions: number };

/** What a voter sent; nothing of it has been checked. Blank is a choice of its own, not the lack of one. */
export type ApprovalChoice = { readonly optionIds: readonly string[]; readonly isBlank: boolean };

/** A valid ballot. Without options it is blank. */
export type ApprovalBallot = { readonly optionIds: readonly OptionId[] };

export type ApprovalRefusal =
	| { readonly code: 'ballot_option_unknown' }
	| { readonly code: 'ballot_option_twice' }
	| { readonly code: 'ballot_blank_with_options' }
	| { readonly code: 'ballot_too_few_options' }
	| { readonly code: 'ballot_too_many_options'; readonly detail: number };

/**
 * Names the first rule that is broken, in the order of docs/tally.md, 1; a ballot that is blank and yet chooses something
 * contradicts itself, which is asked before numbers are. The valid ballot has its options in the order of the paper: the
 * order in which somebody ticked them says nothing and must tell nothing.
 */
export function validateApproval(
	paper: ApprovalPaper,
	{ optionIds: chosen, isBlank }: ApprovalChoice,
): Result<ApprovalBallot, ApprovalRefusal> {
	const known = new Set<string>(paper.optionIds);
	if (chosen.some((id) => !known.has(id))) return refused({ code: 'ballot_option_unknown' });
	const distinct = new Set(chosen);
	if (distinct.size < chosen.length) return refused({ code: 'ballot_option_twice' });
	if (isBlank && chosen.length > 0) return refused({ code: 'ballot_blank_with_options' });
	if (!isBlank && chosen.length === 0) return refused({ code: 'ballot_too_few_options' });
	if (chosen.length > paper.maxOptions) {
		return refused({ code: 'ballot_too_many_options', detail: paper.maxOptions });
	}
	return ok({ optionIds: paper.optionIds.filter((id) => distinct.has(id)) });
}
