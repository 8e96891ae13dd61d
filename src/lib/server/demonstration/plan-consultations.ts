import type { OptionId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import { amendmentTexts, prioritiesTexts } from './consultation-texts.ts';
import type { Draw } from './draw.ts';
import { atMidnight, dayIn, daysAfter, onTheHour } from './moments.ts';
import type { DemonstrationCity, DemonstrationSubject, PlannedBallot, PlannedConsultation } from './plan.ts';

const MAX_OPTIONS = 5;

/** Groups that a resident can care about, by who pays for them, with how much they do. */
const INTEREST: Readonly<Record<DemonstrationCity['level'], Readonly<Record<string, number>>>> = {
	republican: {
		'03': 8,
		'04': 18,
		'05': 15,
		'06': 11,
		'07': 20,
		'08': 9,
		'09': 9,
		'10': 15,
		'11': 5,
		'12': 19,
	},
	oblast: { '02': 6, '03': 8, '06': 13, '07': 24, '08': 11, '09': 11, '10': 12, '11': 5, '12': 22 },
};

/** What the young and the old want more of. */
const TILT: Readonly<Partial<Record<AgeBand, Readonly<Record<string, number>>>>> = {
	'18-29': { '08': 1.8, '10': 1.5, '11': 1.4, '06': 0.6 },
	'30-44': { '04': 1.6, '12': 1.2 },
	'60+': { '05': 1.6, '06': 1.8, '03': 1.3, '08': 0.6 },
};

const HOW_MANY: readonly (readonly [number, number])[] = [
	[0, 1],
	[1, 6],
	[2, 12],
	[3, 24],
	[4, 25],
	[5, 32],
];

export type Voter = { readonly ageBand: AgeBand | null; readonly registeredAt: Instant };

/** On the next year: voting has been open for some days and ends in ten to twenty-five. */
export function planOpenConsultation<V extends Voter>(
	draw: Draw,
	city: DemonstrationCity,
	subjects: readonly DemonstrationSubject[],
	residents: readonly V[],
	now: Instant,
	slugSuffix = '',
): PlannedConsultation<V> {
	const fiscalYear = Number(dayIn(city.timeZone, now).slice(0, 4)) + 1;
	const votingOpensAt = atMidnight(city.timeZone, daysAfter(now, -draw.whole(6, 11)));
	const votingEndsAt = atMidnight(city.timeZone, daysAfter(now, draw.whole(11, 25)));
	const options = optionsOf(city, subjects, fiscalYear);
	const voters = residents.filter((resident) => resident.registeredAt < votingOpensAt && draw.chance(0.72));
	return {
		slug: `priorities-${fiscalYear}${slugSuffix}`,
		fiscalYear,
		maxOptions: MAX_OPTIONS,
		texts: prioritiesTexts(fiscalYear),
		discussionOpensAt: onTheHour(daysAfter(votingOpensAt, -14)),
		votingOpensAt,
		votingEndsAt,
		countingEndsAt: onTheHour(daysAfter(votingEndsAt, 3.5)),
		answerDueAt: onTheHour(daysAfter(votingEndsAt, 30)),
		options,
		ballots: planBallots(draw, city, options, voters, votingOpensAt, now),
	};
}

/** On the year in which it was held: voting ended about two months ago; in some cities the akimat still owes its answer. */
export function planEndedConsultation<V extends Voter>(
	draw: Draw,
	city: DemonstrationCity,
	subjects: readonly DemonstrationSubject[],
	residents: readonly V[],
	now: Instant,
): PlannedConsultation<V> {
	const votingEndsAt = atMidnight(city.timeZone, daysAfter(now, -draw.whole(56, 66)));
	const votingOpensAt = onTheHour(daysAfter(votingEndsAt, -14));
	const fiscalYear = Number(dayIn(city.timeZone, votingEndsAt).slice(0, 4));
	const options = optionsOf(city, subjects, fiscalYear);
	const voters = residents.filter((resident) => resident.registeredAt < votingOpensAt && draw.chance(0.85));
	return {
		slug: `amendment-${fiscalYear}`,
		fiscalYear,
		maxOptions: MAX_OPTIONS,
		texts: amendmentTexts(fiscalYear),
		discussionOpensAt: onTheHour(daysAfter(votingOpensAt, -14)),
		votingOpensAt,
		votingEndsAt,
		countingEndsAt: onTheHour(daysAfter(votingEndsAt, 3.5)),
		answerDueAt: onTheHour(daysAfter(votingEndsAt, draw.chance(0.3) ? 80 : 45)),
		options,
		ballots: planBallots(draw, city, options, voters, votingOpensAt, votingEndsAt),
	};
}

function optionsOf(
	city: DemonstrationCity,
	subjects: readonly DemonstrationSubject[],
	fiscalYear: number,
): readonly OptionId[] {
	return subjects
		.filter(({ fiscalYear: year, code }) => year === fiscalYear && code in INTEREST[city.level])
		.map(({ code }) => code as OptionId)
		.sort();
}

function planBallots<V extends Voter>(
	draw: Draw,
	city: DemonstrationCity,
	options: readonly OptionId[],
	voters: readonly V[],
	from: Instant,
	until: Instant,
): readonly PlannedBallot<V>[] {
	// Every city has its own worries: one is dug up, another dark.
	const mood = new Map(options.map((option) => [option, 0.5 + 1.2 * draw.fraction()]));
	const length = Date.parse(until) - Date.parse(from);
	const days = length / 86_400_000;
	return voters.map((voter) => {
		const weights = new Map(
			options.map((option) => {
				const tilt = (voter.ageBand && TILT[voter.ageBand]?.[option]) ?? 1;
				return [option, INTEREST[city.level][option]! * mood.get(option)! * tilt];
			}),
		);
		const votedAt = daysAfter(from, draw.fraction() * days);
		const times = draw.chance(0.1) ? 2 : 1;
		return {
			voter,
			votedOn: dayIn(city.timeZone, votedAt),
			choices: Array.from({ length: times }, () => drawChoices(draw, weights)),
		};
	});
}

/** Without repetition, in proportion to the weights, in the order of the options; now and then none at all. */
function drawChoices(draw: Draw, weights: ReadonlyMap<OptionId, number>): readonly OptionId[] {
	const [wanted] = draw.weighted(HOW_MANY, ([, weight]) => weight);
	const left = new Map(weights);
	const chosen: OptionId[] = [];
	while (chosen.length < wanted && left.size > 0) {
		const [option] = draw.weighted([...left], ([, weight]) => weight);
		left.delete(option);
		chosen.push(option);
	}
	return chosen.sort();
}
