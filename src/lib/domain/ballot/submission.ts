import { isUuid, type SubmissionId } from '../base/ids.ts';
import { ok, refused, type Result } from '../base/result.ts';
import type { Instant } from '../base/time.ts';

/** How far the clock of a replica that served the form may run ahead of the one that takes the ballot. */
export const SUBMISSION_AHEAD_MS = 60_000;

export type SubmissionRefusal = { readonly code: 'ballot_form_invalid' };

const VERSION_AT = 14;
const MILLISECONDS_HEX = 12;

/**
 * A form carries the id of its submission, a version 7 uuid made when the form was, so that a repetition is known and of
 * two forms the later one wins. An id from the future would win over every honest form after it and lock its voter out:
 * it is refused. `now` is the database's clock, from which the id was made. `cast_ballot` checks the same again.
 */
export function checkSubmission(id: string, now: Instant): Result<SubmissionId, SubmissionRefusal> {
	if (!isUuid(id) || id[VERSION_AT] !== '7') return refused({ code: 'ballot_form_invalid' });
	const madeAt = Number.parseInt(id.replace('-', '').slice(0, MILLISECONDS_HEX), 16);
	if (madeAt > Date.parse(now) + SUBMISSION_AHEAD_MS) return refused({ code: 'ballot_form_invalid' });
	return ok(id as SubmissionId);
}
