import { randomBytes } from 'node:crypto';
import { uuidV7, type OptionId, type SubmissionId } from '#lib/domain/base/ids.ts';
import type { Result } from '#lib/domain/base/result.ts';
import type { CastRefusal } from '#lib/domain/ballot/refusals.ts';
import type { Db } from '#lib/server/capabilities.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import {
	castBallot,
	findBallotPaper,
	makeSubmissionId,
	type BallotPaper,
	type Cast,
} from '#lib/server/consultation/index.ts';
import { testApp } from '../app.ts';
import { permitFor } from '../permit.ts';
import { testKeys } from '../server.ts';
import type { Resident } from './account.ts';
import type { MadeConsultation } from './consultation.ts';

/** The id of a form that was made at this time, for this account or for nobody in particular. */
export function aSubmission(madeAt: number = Date.now(), resident: Resident | null = null): SubmissionId {
	if (resident === null) return uuidV7(madeAt, randomBytes(16)) as SubmissionId;
	const app = { keys: testKeys, random: randomBytes };
	return makeSubmissionId(app, resident.accountId, new Date(madeAt).toISOString() as Instant);
}

export async function thePaper(db: Db, { cityId, slug }: MadeConsultation): Promise<BallotPaper> {
	const paper = await findBallotPaper(testApp(db), cityId, slug);
	if (paper === null) throw new Error(`no ballot paper for ${slug}`);
	return paper;
}

/** Casts as the page does, but for the form. None chosen is a blank ballot. */
export async function cast(
	db: Db,
	consultation: MadeConsultation,
	resident: Resident,
	optionIds: readonly string[],
	submissionId: SubmissionId = aSubmission(Date.now(), resident),
): Promise<Result<Cast, CastRefusal>> {
	const permit = permitFor(resident, 'ballot.cast', { cityId: resident.residency.cityId });
	const ballot = { optionIds: optionIds as readonly OptionId[] };
	return castBallot(testApp(db), permit, await thePaper(db, consultation), ballot, submissionId);
}

/** Everything that casting writes, as it lies in the database. */
export async function readVotes(db: Db, { cityId, id }: MadeConsultation) {
	const participations = await db
		.selectFrom('participation')
		.where('city_id', '=', cityId)
		.where('consultation_id', '=', id)
		.select([
			'person_id as personId',
			'submission_id as submissionId',
			'voted_on as votedOn',
			'age_band as ageBand',
		])
		.execute();
	const ballots = await db
		.selectFrom('ballot')
		.where('city_id', '=', cityId)
		.where('consultation_id', '=', id)
		.select(['id', 'option_ids as optionIds', 'is_current as isCurrent', 'replaces'])
		.execute();
	return { participations, ballots, current: ballots.filter(({ isCurrent }) => isCurrent) };
}
