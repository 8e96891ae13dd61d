import { sql } from 'kysely';
import type { BallotMethodName } from '#lib/domain/ballot/methods.ts';
import type { CityId, ConsultationId, OptionId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Permit } from '../http/index.ts';
import { openPseudonyms, type PseudonymOf } from './keys.ts';
import { isSubmissionOf } from './submission-id.ts';

/**
 * All that casting needs, in one read: the rules, the database's clock and the way to the pseudonyms. That way is a
 * function, so a page that tried to send the paper to a browser would fail instead of giving away the key.
 */
export type BallotPaper = {
	readonly cityId: CityId;
	readonly consultationId: ConsultationId;
	readonly method: BallotMethodName;
	readonly maxOptions: number;
	/** In the order of the paper. */
	readonly optionIds: readonly OptionId[];
	readonly now: Instant;
	readonly pseudonymOf: PseudonymOf;
};

/** Null when there is no such consultation, or when its key is gone and with it every way from a person to a ballot. */
export async function findBallotPaper(
	app: Pick<Capabilities, 'db' | 'keys'>,
	cityId: CityId,
	slug: string,
): Promise<BallotPaper | null> {
	const row = await app.db
		.selectFrom('consultation')
		.innerJoin('consultation_key', (join) =>
			join
				.onRef('consultation_key.city_id', '=', 'consultation.city_id')
				.onRef('consultation_key.consultation_id', '=', 'consultation.id'),
		)
		.where('consultation.city_id', '=', cityId)
		.where('consultation.slug', '=', slug)
		.select([
			'consultation.id as consultationId',
			'consultation.method',
			'consultation.max_options as maxOptions',
			'consultation_key.wrapped_key as wrappedKey',
			sql<OptionId[]>`array(
				select option.id
				from consultation_option as option
				where option.city_id = consultation.city_id and option.consultation_id = consultation.id
				order by option.position)`.as('optionIds'),
			sql<Instant>`clock_timestamp()`.as('now'),
		])
		.executeTakeFirst();
	if (row === undefined) return null;
	const { wrappedKey, ...rules } = row;
	const owner = { cityId, consultationId: row.consultationId };
	return { cityId, ...rules, pseudonymOf: openPseudonyms(app.keys, owner, wrappedKey) };
}

/** `by_another_account`: the person behind this account has voted, by another account of theirs. */
export type OwnBallot = readonly OptionId[] | 'by_another_account';

/**
 * What a resident has chosen so far, shown to them alone so that they change a ballot instead of filling in another; null
 * when they have not voted. While voting is open the server can go from a person to their ballot, by the key: the same
 * way on which a second ballot takes the place of the first. It opens here with the voter's own permit and nowhere else,
 * and is gone with the key. Shown is only what this account cast: somebody who knows a person's IIN can tie an account
 * to them, and learns that a ballot stands, but not what it says.
 */
export async function findOwnBallot(
	app: Pick<Capabilities, 'db' | 'keys'>,
	permit: Permit<'ballot.cast'>,
	paper: BallotPaper,
): Promise<OwnBallot | null> {
	const { accountId, residency } = permit.actor;
	if (residency === null || residency.cityId !== paper.cityId) return null;
	const ballot = await app.db
		.selectFrom('ballot')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.city_id', '=', 'ballot.city_id')
				.onRef('participation.consultation_id', '=', 'ballot.consultation_id')
				.on('participation.person_id', '=', residency.personId),
		)
		.where('ballot.city_id', '=', paper.cityId)
		.where('ballot.consultation_id', '=', paper.consultationId)
		.where('ballot.pseudonym', '=', paper.pseudonymOf(residency.personId))
		.where('ballot.is_current', '=', true)
		.select(['ballot.option_ids as optionIds', 'participation.submission_id as submissionId'])
		.executeTakeFirst();
	if (ballot === undefined) return null;
	return isSubmissionOf(app.keys, accountId, ballot.submissionId) ? ballot.optionIds : 'by_another_account';
}
