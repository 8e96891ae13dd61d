import type { BallotMethodName } from '../ballot/methods.ts';
import type { CityId } from '../base/ids.ts';
import { ok, refused, type Result } from '../base/result.ts';
import { parseLineCode, toSubject, type Subject } from '../budget/code.ts';
import type { LineKind } from '../budget/words.ts';
import type { ConsultationDates } from './phase.ts';

/** How votes become an outcome (docs/tally.md, 2). `totals` puts the options in order and buys nothing. */
export type TallyRuleName = 'totals';

export type ConsultationText = { readonly title: string; readonly question: string };

/** A consultation as somebody wants to have it; all of it stands still once voting opens. */
export type ConsultationDraft = {
	readonly cityId: CityId;
	/** Its name in addresses, once in a city. */
	readonly slug: string;
	readonly fiscalYear: number;
	readonly method: BallotMethodName;
	/** How many options one ballot may choose. */
	readonly maxOptions: number;
	readonly tallyRule: TallyRuleName;
	readonly dates: ConsultationDates;
	/** Official texts are in Kazakh and Russian; English where somebody wrote it. */
	readonly texts: {
		readonly kk: ConsultationText;
		readonly ru: ConsultationText;
		readonly en?: ConsultationText;
	};
	/** Lines of the fiscal year's budget, known or to come, in the order of the ballot paper. */
	readonly options: readonly { readonly kind: LineKind; readonly code: string }[];
};

export type DraftRefusal =
	| { readonly code: 'consultation_slug_invalid' }
	| { readonly code: 'consultation_dates_disordered' }
	| { readonly code: 'consultation_text_missing' }
	| { readonly code: 'consultation_option_unknown' }
	| { readonly code: 'consultation_option_twice' }
	| { readonly code: 'consultation_too_few_options' }
	| { readonly code: 'consultation_limit_invalid' };

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const SLUG_MAX = 60;

/** True for what can be the name of a consultation in addresses; the database's check says the same. */
export function isConsultationSlug(text: string): boolean {
	return SLUG.test(text) && text.length <= SLUG_MAX;
}

/** The subjects that are the options, in order; or the first rule that the draft breaks. */
export function checkDraft(draft: ConsultationDraft): Result<readonly Subject[], DraftRefusal> {
	if (!isConsultationSlug(draft.slug)) return refused({ code: 'consultation_slug_invalid' });
	if (!areInOrder(draft.dates)) return refused({ code: 'consultation_dates_disordered' });
	const texts = Object.values(draft.texts);
	if (texts.some(({ title, question }) => title.trim() === '' || question.trim() === '')) {
		return refused({ code: 'consultation_text_missing' });
	}
	if (draft.options.some(({ kind, code }) => parseLineCode(kind, code) === null)) {
		return refused({ code: 'consultation_option_unknown' });
	}
	const distinct = new Set(draft.options.map(({ kind, code }) => `${kind} ${code}`));
	if (distinct.size < draft.options.length) return refused({ code: 'consultation_option_twice' });
	if (draft.options.length < 2) return refused({ code: 'consultation_too_few_options' });
	if (
		!Number.isInteger(draft.maxOptions) ||
		draft.maxOptions < 1 ||
		draft.maxOptions > draft.options.length
	) {
		return refused({ code: 'consultation_limit_invalid' });
	}
	return ok(draft.options.map(({ kind, code }) => toSubject(draft.cityId, draft.fiscalYear, kind, code)));
}

/** Only voting must take time; the others may be left out by giving two dates the same instant. */
function areInOrder(dates: ConsultationDates): boolean {
	return (
		dates.discussionOpensAt <= dates.votingOpensAt &&
		dates.votingOpensAt < dates.votingEndsAt &&
		dates.votingEndsAt <= dates.countingEndsAt &&
		dates.countingEndsAt <= dates.answerDueAt
	);
}
