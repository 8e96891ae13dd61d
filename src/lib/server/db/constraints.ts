/**
 * What Postgres refused, by the name of the constraint or the code our functions raise. A command asks for the ones it
 * can cause and turns them into its refusals; any other error is a bug and stays thrown.
 */
export type Violation =
	| 'account_email_key_once'
	| 'comment_pkey'
	| 'response_comment_once'
	| 'response_revision_submission_once'
	| 'consultation_slug_once'
	| 'subject_classification_fkey'
	| 'consultation_frozen'
	| 'residency_code_alone'
	| 'counter_alone'
	| 'anonymous_codes_while_voting';

const RAISED: Readonly<Record<string, Violation>> = {
	OB001: 'consultation_frozen',
	OB240: 'residency_code_alone',
	OB243: 'counter_alone',
	OB241: 'anonymous_codes_while_voting',
};

/** True when the error is this violation, reported by the database. */
export function violates(error: unknown, violation: Violation): boolean {
	if (typeof error !== 'object' || error === null) return false;
	const { constraint, code } = error as { constraint?: unknown; code?: unknown };
	return constraint === violation || (typeof code === 'string' && RAISED[code] === violation);
}
