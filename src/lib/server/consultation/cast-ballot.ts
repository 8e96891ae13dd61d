import { sql } from 'kysely';
import type { Ballot } from '#lib/domain/ballot/methods.ts';
import type { CastRefusal } from '#lib/domain/ballot/refusals.ts';
import type { SubmissionId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Permit } from '../http/index.ts';
import type { BallotPaper } from './ballot-paper.ts';

/** `repeated`: the same submission had arrived before, and its ballot stands. */
export type Cast = 'cast' | 'repeated';

type Outcome =
	| Cast
	| 'replaced'
	| 'residency_missing'
	| 'voted_as_another'
	| 'not_open_yet'
	| 'closed'
	| 'submission_invalid';

const RESULTS: Readonly<Record<Outcome, Result<Cast, CastRefusal>>> = {
	cast: ok('cast'),
	repeated: ok('repeated'),
	replaced: refused({ code: 'submission_replaced' }),
	residency_missing: refused({ code: 'residency_missing' }),
	voted_as_another: refused({ code: 'voted_as_another' }),
	not_open_yet: refused({ code: 'voting_not_open_yet' }),
	closed: refused({ code: 'voting_closed' }),
	submission_invalid: refused({ code: 'ballot_form_invalid' }),
};

/**
 * Casts a valid ballot for the person behind the account, or puts it in the place of the one they cast before. One
 * statement, one round trip: the database function takes the locks, reads its own clock and decides.
 */
export async function castBallot(
	app: Pick<Capabilities, 'db'>,
	permit: Permit<'ballot.cast'>,
	paper: BallotPaper,
	ballot: Ballot,
	submissionId: SubmissionId,
): Promise<Result<Cast, CastRefusal>> {
	const { accountId, residency } = permit.actor;
	if (residency === null || residency.cityId !== paper.cityId) return RESULTS.residency_missing;
	const { rows } = await sql<{ outcome: Outcome }>`
		select cast_ballot(
			${paper.cityId}, ${paper.consultationId}, ${accountId}, ${residency.personId},
			${paper.pseudonymOf(residency.personId)}, ${submissionId}, ${[...ballot.optionIds]}
		) as outcome`.execute(app.db);
	const [row] = rows;
	if (row === undefined) throw new Error('cast_ballot gave no outcome');
	return RESULTS[row.outcome];
}
