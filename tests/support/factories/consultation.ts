import type { CityId, ConsultationId } from '#lib/domain/base/ids.ts';
import { parseInstant, type Instant } from '#lib/domain/base/time.ts';
import type { ConsultationDraft } from '#lib/domain/consultation/draft.ts';
import type { ConsultationDates, Phase } from '#lib/domain/consultation/phase.ts';
import { createConsultation } from '#lib/server/consultation/index.ts';
import { testApp } from '../app.ts';
import type { TestDatabase } from '../database.ts';
import { aWord } from './city.ts';

const HOUR_MS = 3_600_000;

/** Hours from now to the end of discussion's beginning, voting's beginning and end, counting's end and the answer. */
const HOURS: Readonly<Record<Phase, readonly [number, number, number, number, number]>> = {
	preparation: [24, 48, 72, 96, 120],
	discussion: [-24, 24, 48, 72, 96],
	voting: [-48, -24, 24, 48, 72],
	counting: [-72, -48, -24, 24, 48],
	answering: [-96, -72, -48, -24, 24],
	closed: [-120, -96, -72, -48, -24],
};

/** Dates by which a consultation is in this phase now, a day away from either end of it. */
export function datesIn(phase: Phase): ConsultationDates {
	const [discussion, voting, ends, counted, answered] = HOURS[phase];
	return {
		discussionOpensAt: hoursFromNow(discussion),
		votingOpensAt: hoursFromNow(voting),
		votingEndsAt: hoursFromNow(ends),
		countingEndsAt: hoursFromNow(counted),
		answerDueAt: hoursFromNow(answered),
	};
}

function hoursFromNow(hours: number): Instant {
	return parseInstant(new Date(Date.now() + hours * HOUR_MS).toISOString());
}

export type MadeConsultation = {
	readonly cityId: CityId;
	readonly id: ConsultationId;
	readonly slug: string;
	readonly dates: ConsultationDates;
};

/** A vote among five functional groups, up to three of them on a ballot. */
export function aDraft(cityId: CityId, changes: Partial<ConsultationDraft> = {}): ConsultationDraft {
	return {
		cityId,
		slug: aWord('vote'),
		fiscalYear: 2027,
		method: 'approval',
		maxOptions: 3,
		tallyRule: 'totals',
		dates: datesIn('voting'),
		texts: {
			kk: { title: '2027 жылы не маңызды?', question: 'Қай салаға көбірек қаржы керек?' },
			ru: { title: 'Что важно в 2027 году?', question: 'На что нужно больше денег?' },
		},
		options: ['04', '06', '07', '08', '12'].map((code) => ({ kind: 'expenditure', code })),
		...changes,
	};
}

/** A consultation in this phase now, by the real command with the owner's role, which alone may open in the past. */
export async function aConsultation(
	{ owner }: Pick<TestDatabase, 'owner'>,
	cityId: CityId,
	{ phase = 'voting', ...changes }: { phase?: Phase } & Partial<ConsultationDraft> = {},
): Promise<MadeConsultation> {
	const draft = aDraft(cityId, { dates: datesIn(phase), ...changes });
	const made = await createConsultation(testApp(owner), null, draft);
	if (!made.ok) throw new Error(`the consultation was refused: ${made.refusal.code}`);
	return { cityId, id: made.value, slug: draft.slug, dates: draft.dates };
}
