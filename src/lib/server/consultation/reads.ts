import { sql } from 'kysely';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { BallotMethodName } from '#lib/domain/ballot/methods.ts';
import type { CityId, ConsultationId, OptionId, PersonId } from '#lib/domain/base/ids.ts';
import type { Language, Passage } from '#lib/domain/base/language.ts';
import type { Tenge } from '#lib/domain/base/tenge.ts';
import type { CivilDate, Instant } from '#lib/domain/base/time.ts';
import type { BudgetKind, LineKind } from '#lib/domain/budget/words.ts';
import { phaseOf, type ConsultationDates, type Phase } from '#lib/domain/consultation/phase.ts';
import { subjectName, subjectOf } from '../budget/index.ts';
import type { Capabilities, Reader } from '../capabilities.ts';
import { consultationText } from './consultation-text.ts';
import { isSubmissionOf } from './submission-id.ts';

/** A consultation as it stands at one reading of the database's clock. */
export type Consultation = {
	readonly cityId: CityId;
	readonly cityName: string;
	readonly timeZone: string;
	readonly id: ConsultationId;
	readonly slug: string;
	readonly fiscalYear: number;
	readonly method: BallotMethodName;
	readonly maxOptions: number;
	readonly title: Passage;
	readonly question: Passage;
	readonly dates: ConsultationDates;
	readonly now: Instant;
	readonly phase: Phase;
};

const databaseNow = sql<Instant>`clock_timestamp()`;

const selectConsultation = (reader: Reader, language: Language) =>
	reader
		.selectFrom('consultation')
		.innerJoin('city', 'city.id', 'consultation.city_id')
		.innerJoin('city_text', (join) =>
			join.onRef('city_text.city_id', '=', 'city.id').on('city_text.language', '=', language),
		)
		.select((eb) => [
			'consultation.city_id as cityId',
			'city_text.name as cityName',
			'city.time_zone as timeZone',
			'consultation.id',
			'consultation.slug',
			'consultation.fiscal_year as fiscalYear',
			'consultation.method',
			'consultation.max_options as maxOptions',
			'consultation.discussion_opens_at as discussionOpensAt',
			'consultation.voting_opens_at as votingOpensAt',
			'consultation.voting_ends_at as votingEndsAt',
			'consultation.counting_ends_at as countingEndsAt',
			'consultation.answer_due_at as answerDueAt',
			consultationText('title', eb.ref('consultation.city_id'), eb.ref('consultation.id'), language).as(
				'title',
			),
			consultationText('question', eb.ref('consultation.city_id'), eb.ref('consultation.id'), language).as(
				'question',
			),
			databaseNow.as('now'),
		]);

type ConsultationRow = Omit<Consultation, 'dates' | 'phase'> & ConsultationDates;

/** The phase follows from the dates and the clock that were read with them. */
function withPhase({
	discussionOpensAt,
	votingOpensAt,
	votingEndsAt,
	countingEndsAt,
	answerDueAt,
	...rest
}: ConsultationRow): Consultation {
	const dates = { discussionOpensAt, votingOpensAt, votingEndsAt, countingEndsAt, answerDueAt };
	return { ...rest, dates, phase: phaseOf(dates, rest.now) };
}

export async function findConsultation(
	reader: Reader,
	cityId: CityId,
	slug: string,
	language: Language,
): Promise<Consultation | null> {
	const row = await selectConsultation(reader, language)
		.where('consultation.city_id', '=', cityId)
		.where('consultation.slug', '=', slug)
		.executeTakeFirst();
	return row ? withPhase(row) : null;
}

/** All consultations of a city, the one whose voting ends last first. */
export async function listConsultations(
	reader: Reader,
	cityId: CityId,
	language: Language,
): Promise<Consultation[]> {
	const rows = await selectConsultation(reader, language)
		.where('consultation.city_id', '=', cityId)
		.orderBy('consultation.voting_ends_at', 'desc')
		.orderBy('consultation.id')
		.limit(200)
		.execute();
	return rows.map(withPhase);
}

/** Open for voting now, in all cities or in one: what closes first stands first. */
export async function listOpenConsultations(
	reader: Reader,
	cityId: CityId | null,
	language: Language,
): Promise<Consultation[]> {
	const rows = await selectConsultation(reader, language)
		.$if(cityId !== null, (query) => query.where('consultation.city_id', '=', cityId as CityId))
		.where('consultation.voting_opens_at', '<=', databaseNow)
		.where('consultation.voting_ends_at', '>', databaseNow)
		.orderBy('consultation.voting_ends_at')
		.orderBy('consultation.id')
		.limit(200)
		.execute();
	return rows.map(withPhase);
}

/** What the residents of a city can take part in now: of open votes the one that closes first, else a discussion. */
export async function findOpenConsultation(
	reader: Reader,
	cityId: CityId,
	language: Language,
): Promise<Consultation | null> {
	const row = await selectConsultation(reader, language)
		.where('consultation.city_id', '=', cityId)
		.where('consultation.discussion_opens_at', '<=', databaseNow)
		.where('consultation.voting_ends_at', '>', databaseNow)
		.orderBy(sql`consultation.voting_opens_at > clock_timestamp()`)
		.orderBy('consultation.voting_ends_at')
		.orderBy('consultation.id')
		.limit(1)
		.executeTakeFirst();
	return row ? withPhase(row) : null;
}

/** A line that can be voted for, with the newest amount that any budget up to its year names for it. */
export type Option = {
	readonly id: OptionId;
	readonly fiscalYear: number;
	readonly kind: LineKind;
	readonly code: string;
	/** Of the line in addresses. */
	readonly alias: string;
	readonly name: Passage;
	readonly amount: Tenge | null;
	readonly amountYear: number | null;
	readonly amountKind: BudgetKind | null;
};

/** The options of a consultation, in the order of the ballot paper. */
export function listOptions(
	reader: Reader,
	cityId: CityId,
	consultationId: ConsultationId,
	language: Language,
): Promise<Option[]> {
	return reader
		.selectFrom('consultation_option as option')
		.innerJoin('subject', (join) => join.on(subjectOf('option')))
		.leftJoinLateral(
			(eb) =>
				eb
					.selectFrom('budget_line as line')
					.innerJoin('budget', (join) =>
						join.onRef('budget.city_id', '=', 'line.city_id').onRef('budget.id', '=', 'line.budget_id'),
					)
					.whereRef('line.city_id', '=', 'option.city_id')
					.whereRef('line.fiscal_year', '<=', 'option.fiscal_year')
					.whereRef('line.kind', '=', 'option.subject_kind')
					.whereRef('line.code', '=', 'option.subject_code')
					.where('budget.kind', '!=', 'draft')
					.select(['line.amount', 'budget.fiscal_year', 'budget.kind'])
					.orderBy('budget.fiscal_year', 'desc')
					// The current version of a year: executed, else amended, else approved (DESIGN, section 2).
					.orderBy(sql`array_position(array['executed', 'amended', 'approved'], budget.kind)`)
					.orderBy('budget.sequence', 'desc')
					.limit(1)
					.as('known'),
			(join) => join.onTrue(),
		)
		.where('option.city_id', '=', cityId)
		.where('option.consultation_id', '=', consultationId)
		.select((eb) => [
			'option.id',
			'option.fiscal_year as fiscalYear',
			'subject.kind',
			'subject.code',
			'subject.alias',
			subjectName(eb.ref('subject.kind'), eb.ref('subject.classification_code'), language).as('name'),
			'known.amount',
			'known.fiscal_year as amountYear',
			'known.kind as amountKind',
		])
		.orderBy('option.position')
		.limit(1000)
		.execute();
}

/** How many people have voted. Before voting ends it is shown through `publicTurnout` only. */
export async function countVoters(
	reader: Reader,
	cityId: CityId,
	consultationId: ConsultationId,
): Promise<number> {
	const { people } = await reader
		.selectFrom('participation')
		.where('city_id', '=', cityId)
		.where('consultation_id', '=', consultationId)
		.select(sql<number>`count(*)::int`.as('people'))
		.executeTakeFirstOrThrow();
	return people;
}

/** When a person voted; never what they chose. Null when they have not. */
export async function findParticipation(
	reader: Reader,
	cityId: CityId,
	consultationId: ConsultationId,
	personId: PersonId,
): Promise<{ readonly votedOn: CivilDate } | null> {
	const participation = await reader
		.selectFrom('participation')
		.where('city_id', '=', cityId)
		.where('consultation_id', '=', consultationId)
		.where('person_id', '=', personId)
		.select('voted_on as votedOn')
		.executeTakeFirst();
	return participation ?? null;
}

export type Participation = Consultation & { readonly votedOn: CivilDate };

/** The consultations of their city in which somebody has voted by this account, the latest first. */
export async function listParticipations(
	{ db, keys }: Pick<Capabilities, 'db' | 'keys'>,
	{ accountId, residency }: Pick<SignedIn, 'accountId' | 'residency'>,
	language: Language,
): Promise<Participation[]> {
	if (residency === null) return [];
	const rows = await selectConsultation(db, language)
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.city_id', '=', 'consultation.city_id')
				.onRef('participation.consultation_id', '=', 'consultation.id'),
		)
		.where('participation.city_id', '=', residency.cityId)
		.where('participation.person_id', '=', residency.personId)
		.select(['participation.voted_on as votedOn', 'participation.submission_id as submissionId'])
		.orderBy('consultation.voting_ends_at', 'desc')
		.orderBy('consultation.id')
		.limit(200)
		.execute();
	return rows
		.filter(({ submissionId }) => isSubmissionOf(keys, accountId, submissionId))
		.map(({ votedOn, submissionId: _, ...row }) => ({ ...withPhase(row), votedOn }));
}
