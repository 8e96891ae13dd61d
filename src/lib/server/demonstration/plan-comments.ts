import type { CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { seededDraw, type Draw } from './draw.ts';
import { dayIn, daysAfter, inWakingHours } from './moments.ts';
import { ACKNOWLEDGEMENTS, COMPLAINT } from './official-texts.ts';
import type {
	DemonstrationCity,
	DemonstrationSubject,
	PlannedComment,
	PlannedRevision,
	SimulatedResident,
} from './plan.ts';
import { SIMULATED_COMMENTS } from './simulated-comments.ts';
import type { SimulatedAnswer, SimulatedComment } from './texts.ts';

const COMMENTS = { republican: { from: 32, to: 38 }, oblast: { from: 20, to: 25 } } as const;
const DAYS_BACK = 60;

/** Comments of each city over the last sixty days, oldest first. A text comes again only when all others were used. */
export function planComments(
	seed: number,
	cities: readonly DemonstrationCity[],
	subjects: readonly DemonstrationSubject[],
	residents: ReadonlyMap<CityId, readonly SimulatedResident[]>,
	now: Instant,
): ReadonlyMap<CityId, readonly PlannedComment[]> {
	const uses = new Map<SimulatedComment, number>();
	return new Map(
		cities.map((city) => {
			const draw = seededDraw(seed, `comments ${city.id}`);
			const lines = linesByYear(subjects.filter((subject) => subject.cityId === city.id));
			const { from, to } = COMMENTS[city.level];
			const comments = chooseTexts(draw, city, uses, draw.whole(from, to)).flatMap(
				(text) => planComment(draw, city, lines, text, residents.get(city.id)!, now) ?? [],
			);
			return [city.id, comments.sort((first, second) => (first.createdAt < second.createdAt ? -1 : 1))];
		}),
	);
}

function chooseTexts(
	draw: Draw,
	city: DemonstrationCity,
	uses: Map<SimulatedComment, number>,
	wanted: number,
): SimulatedComment[] {
	const fitting = SIMULATED_COMMENTS.filter((text) => text.level === undefined || text.level === city.level);
	const leastUsed = draw
		.shuffled(fitting)
		.sort((first, second) => (uses.get(first) ?? 0) - (uses.get(second) ?? 0))
		.slice(0, wanted);
	for (const text of leastUsed) uses.set(text, (uses.get(text) ?? 0) + 1);
	return leastUsed;
}

type LinesByYear = ReadonlyMap<number, ReadonlySet<string>>;

function linesByYear(subjects: readonly DemonstrationSubject[]): LinesByYear {
	const lines = new Map<number, Set<string>>();
	for (const { fiscalYear, code } of subjects) {
		lines.set(fiscalYear, (lines.get(fiscalYear) ?? new Set()).add(code));
	}
	return lines;
}

/** Null where the city has no such line, or nobody who would write it. */
function planComment(
	draw: Draw,
	city: DemonstrationCity,
	lines: LinesByYear,
	text: SimulatedComment,
	residents: readonly SimulatedResident[],
	now: Instant,
): PlannedComment | null {
	const createdAt = inWakingHours(city.timeZone, daysAfter(now, -draw.fraction() * DAYS_BACK - 0.05));
	const authors = residents.filter(
		(resident) =>
			resident.language === text.language &&
			resident.registeredAt < createdAt &&
			(text.ages === undefined || resident.ageBand === null || text.ages.includes(resident.ageBand)),
	);
	const place = choosePlace(draw, lines, text, Number(dayIn(city.timeZone, now).slice(0, 4)));
	if (authors.length === 0 || place === null) return null;
	return {
		...place,
		author: draw.one(authors),
		language: text.language,
		body: text.text,
		createdAt,
		revisions: planRevisions(draw, city, text, createdAt, now),
	};
}

/** On the running year mostly; else on the last year whose lines are known in detail, or on the next one. */
function choosePlace(
	draw: Draw,
	lines: LinesByYear,
	text: SimulatedComment,
	currentYear: number,
): { fiscalYear: number; code: string } | null {
	const detailed = [...lines.keys()].filter(
		(year) => year <= currentYear && [...lines.get(year)!].some((code) => code.length > 2),
	);
	const years = [
		{ year: currentYear, weight: 6 },
		{ year: Math.max(...detailed), weight: 3 },
		{ year: currentYear + 1, weight: 2 },
	].filter(({ year }) => text.codes.some((code) => lines.get(year)?.has(code)));
	if (years.length === 0) return null;
	const fiscalYear = draw.weighted(years, ({ weight }) => weight).year;
	const codes = text.codes.filter((code) => lines.get(fiscalYear)!.has(code));
	return { fiscalYear, code: draw.chance(0.6) ? codes[0]! : codes.at(-1)! };
}

function planRevisions(
	draw: Draw,
	city: DemonstrationCity,
	text: SimulatedComment,
	createdAt: Instant,
	now: Instant,
): readonly PlannedRevision[] {
	const acknowledgement = draw.one(ACKNOWLEDGEMENTS);
	const isAcknowledged = draw.chance(0.28);
	const isAnswered = draw.chance(0.85);
	const firstAt = draw.whole(1, 4);
	const finalAt = firstAt + draw.whole(3, 14);
	const publishedAt = (days: number) =>
		inWakingHours(city.timeZone, daysAfter(createdAt, days + draw.fraction() / 3));
	const revisions: PlannedRevision[] = [];
	if (isAcknowledged && text.answer?.status !== 'under_review') {
		const answer = { status: 'under_review', ...acknowledgement } as const;
		revisions.push(planRevision(answer, publishedAt(firstAt)));
	}
	if (text.answer && isAnswered) revisions.push(planRevision(text.answer, publishedAt(finalAt)));
	return revisions.filter((revision) => revision.publishedAt < now);
}

function planRevision(answer: SimulatedAnswer, publishedAt: Instant): PlannedRevision {
	const isDeclined = answer.status === 'declined';
	return {
		status: answer.status,
		body: { kk: answer.kk, ru: answer.ru },
		legalBasis: isDeclined ? answer.legalBasis : null,
		complaint: isDeclined ? COMPLAINT : null,
		publishedAt,
	};
}
