import type { CityId, DistrictId, OptionId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { CivilDate, Instant } from '#lib/domain/base/time.ts';
import type { ResponseStatus } from '#lib/domain/dialogue/words.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import type { ConsultationTexts } from './consultation-texts.ts';
import { seededDraw } from './draw.ts';
import { planComments } from './plan-comments.ts';
import { planEndedConsultation, planOpenConsultation } from './plan-consultations.ts';
import { planResidents } from './plan-residents.ts';
import type { OfficialText } from './texts.ts';

export type DemonstrationCity = {
	readonly id: CityId;
	readonly level: 'republican' | 'oblast';
	readonly timeZone: string;
	readonly districts: readonly DistrictId[];
};

/** A line of spending of a city and year that can be discussed. */
export type DemonstrationSubject = {
	readonly cityId: CityId;
	readonly fiscalYear: number;
	readonly code: string;
};

export type SimulatedResident = {
	readonly displayName: string;
	readonly email: string;
	readonly language: Language;
	readonly ageBand: AgeBand | null;
	readonly districtId: DistrictId | null;
	readonly registeredAt: Instant;
};

export type PlannedRevision = {
	readonly status: ResponseStatus;
	readonly body: OfficialText;
	/** Only a refusal has both. */
	readonly legalBasis: OfficialText | null;
	readonly complaint: OfficialText | null;
	readonly publishedAt: Instant;
};

export type PlannedComment = {
	readonly author: SimulatedResident;
	readonly fiscalYear: number;
	readonly code: string;
	readonly language: Language;
	readonly body: string;
	readonly createdAt: Instant;
	/** What the akimat published, oldest first; none where the comment waits. */
	readonly revisions: readonly PlannedRevision[];
};

export type PlannedBallot<Voter> = {
	readonly voter: Voter;
	readonly votedOn: CivilDate;
	/** What was chosen each time; the last one counts, those before were replaced. */
	readonly choices: readonly (readonly OptionId[])[];
};

export type PlannedConsultation<Voter> = {
	readonly slug: string;
	readonly fiscalYear: number;
	readonly maxOptions: number;
	readonly texts: ConsultationTexts;
	readonly discussionOpensAt: Instant;
	readonly votingOpensAt: Instant;
	readonly votingEndsAt: Instant;
	readonly countingEndsAt: Instant;
	readonly answerDueAt: Instant;
	/** Codes of spending, which are the options' ids too. */
	readonly options: readonly OptionId[];
	readonly ballots: readonly PlannedBallot<Voter>[];
};

export type PlannedCity = {
	readonly cityId: CityId;
	readonly residents: readonly SimulatedResident[];
	readonly comments: readonly PlannedComment[];
	readonly consultations: readonly PlannedConsultation<SimulatedResident>[];
};

/**
 * Invents residents, comments, answers, consultations and ballots of a demonstration. The same seed, cities, subjects
 * and moment give the same plan; of a city without subjects nothing but residents comes.
 */
export function planDemonstration(
	seed: number,
	cities: readonly DemonstrationCity[],
	subjects: readonly DemonstrationSubject[],
	now: Instant,
): readonly PlannedCity[] {
	const residents = planResidents(seed, cities, now);
	const comments = planComments(seed, cities, subjects, residents, now);
	return cities.map((city) => {
		const voters = residents.get(city.id)!;
		const subjectsOfCity = subjects.filter((subject) => subject.cityId === city.id);
		const ended = planEndedConsultation(
			seededDraw(seed, `ended ${city.id}`),
			city,
			subjectsOfCity,
			voters,
			now,
		);
		const open = planOpenConsultation(seededDraw(seed, `open ${city.id}`), city, subjectsOfCity, voters, now);
		return {
			cityId: city.id,
			residents: voters,
			comments: comments.get(city.id)!,
			consultations: [ended, open],
		};
	});
}
