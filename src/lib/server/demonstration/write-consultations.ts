import { randomUUID } from 'node:crypto';
import type { AccountId, CityId, ConsultationId, DistrictId, PersonId } from '#lib/domain/base/ids.ts';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import { makeSubmissionId, makeWrappedKey, openPseudonyms } from '../consultation/index.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { idAt } from './ids.ts';
import type { PlannedConsultation } from './plan.ts';

type App = Pick<Capabilities, 'random' | 'keys'>;

type KnownVoter = {
	readonly accountId: AccountId;
	readonly personId: PersonId;
	readonly districtId: DistrictId | null;
	readonly ageBand: AgeBand | null;
};

export type NewConsultation = {
	readonly cityId: CityId;
	readonly consultation: PlannedConsultation<KnownVoter>;
};

/** Consultations with texts, options, key, and who took part and what was chosen, apart as always. */
export async function writeConsultations(
	tx: Tx,
	app: App,
	consultations: readonly NewConsultation[],
): Promise<void> {
	const made = consultations
		.filter(({ consultation }) => consultation.options.length > 1)
		.map(({ cityId, consultation }) => {
			const id = idAt<ConsultationId>(app.random, consultation.discussionOpensAt);
			const wrappedKey = makeWrappedKey(app.keys, app.random, { cityId, consultationId: id });
			return { ...consultation, cityId, id, wrappedKey };
		});
	if (made.length === 0) return;
	await tx
		.insertInto('consultation')
		.values(
			made.map((consultation) => ({
				city_id: consultation.cityId,
				id: consultation.id,
				slug: consultation.slug,
				fiscal_year: consultation.fiscalYear,
				method: 'approval' as const,
				max_options: consultation.maxOptions,
				tally_rule: 'totals' as const,
				discussion_opens_at: consultation.discussionOpensAt,
				voting_opens_at: consultation.votingOpensAt,
				voting_ends_at: consultation.votingEndsAt,
				counting_ends_at: consultation.countingEndsAt,
				answer_due_at: consultation.answerDueAt,
			})),
		)
		.execute();
	await tx
		.insertInto('consultation_text')
		.values(
			made.flatMap(({ cityId, id, texts }) =>
				LANGUAGES.map((language) => ({ city_id: cityId, consultation_id: id, language, ...texts[language] })),
			),
		)
		.execute();
	await tx
		.insertInto('consultation_option')
		.values(
			made.flatMap(({ cityId, id, fiscalYear, options }) =>
				options.map((option, index) => ({
					city_id: cityId,
					consultation_id: id,
					id: option,
					position: index + 1,
					fiscal_year: fiscalYear,
					subject_kind: 'expenditure' as const,
					subject_code: option,
					cost: null,
				})),
			),
		)
		.execute();
	await tx
		.insertInto('consultation_key')
		.values(
			made.map(({ cityId, id, wrappedKey }) => ({
				city_id: cityId,
				consultation_id: id,
				wrapped_key: wrappedKey,
			})),
		)
		.execute();
	await writeParticipations(tx, app, made);
	await writeBallots(tx, app, made);
}

type MadeConsultation = PlannedConsultation<KnownVoter> & {
	readonly cityId: CityId;
	readonly id: ConsultationId;
	readonly wrappedKey: Uint8Array;
};

async function writeParticipations(tx: Tx, app: App, made: readonly MadeConsultation[]): Promise<void> {
	const participations = made.flatMap(({ cityId, id, ballots }) =>
		ballots.map(({ voter, votedOn }) => ({
			city_id: cityId,
			consultation_id: id,
			person_id: voter.personId,
			channel: 'web' as const,
			district_id: voter.districtId,
			age_band: voter.ageBand,
			voted_on: votedOn,
			submission_id: makeSubmissionId(app, voter.accountId, parseInstant(`${votedOn}T00:00:00.000Z`)),
		})),
	);
	if (participations.length > 0) await tx.insertInto('participation').values(participations).execute();
}

/** In the order of their random ids: the order of rows must not tell who voted when, not even here. */
async function writeBallots(tx: Tx, app: App, made: readonly MadeConsultation[]): Promise<void> {
	const rows = made.flatMap(({ cityId, id, ballots, wrappedKey }) => {
		const pseudonymOf = openPseudonyms(app.keys, { cityId, consultationId: id }, wrappedKey);
		return ballots.flatMap(({ voter, choices }) => {
			const ids = choices.map(() => randomUUID());
			return choices.map((choice, index) => ({
				city_id: cityId,
				consultation_id: id,
				id: ids[index]!,
				pseudonym: pseudonymOf(voter.personId),
				option_ids: [...choice],
				is_current: index === choices.length - 1,
				replaces: ids[index - 1] ?? null,
			}));
		});
	});
	if (rows.length === 0) return;
	// Postgres checks what a ballot replaces at the end of the statement, so any order will do.
	await tx
		.insertInto('ballot')
		.values(rows.sort((first, second) => (first.id < second.id ? -1 : 1)))
		.execute();
}
