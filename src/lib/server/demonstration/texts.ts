import type { Language } from '#lib/domain/base/language.ts';
import type { ResponseStatus } from '#lib/domain/dialogue/words.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';

/** An official text, in both languages that an akimat must use. */
export type OfficialText = { readonly kk: string; readonly ru: string };

/** An official answer; a refusal names its legal basis, and everybody is told how to complain against one. */
export type SimulatedAnswer = OfficialText &
	(
		| { readonly status: Exclude<ResponseStatus, 'declined'> }
		| { readonly status: 'declined'; readonly legalBasis: OfficialText }
	);

/**
 * What a resident might write about a line of any city's budget. The texts name no person, no street and no city, and
 * state no fact about a city, since the same one may stand in several.
 */
export type SimulatedComment = {
	readonly language: Language;
	/** Codes of expenditure that it fits, the most particular first; the last one is a functional group. */
	readonly codes: readonly [string, ...string[]];
	/** Cities whose budgets pay for this; every city where it is not given. */
	readonly level?: 'republican' | 'oblast';
	/** Who could have written it, where the text tells; anyone where it is not given. */
	readonly ages?: readonly AgeBand[];
	readonly text: string;
	/** What the akimat would answer; comments without one wait. */
	readonly answer?: SimulatedAnswer;
};
