import { ok, refused, type Result } from '../base/result.ts';

/** Why a text cannot be taken. `excess` is how many characters are too many. */
export type TextRefusal =
	| { readonly code: 'text_empty' }
	| { readonly code: 'text_too_long'; readonly excess: number }
	| { readonly code: 'text_marks' };

/** Joiners that scripts and emoji need, and the selector that makes a sign an emoji. */
const INVISIBLE = /(?![\u200C\u200D\uFE0E\uFE0F])\p{Default_Ignorable_Code_Point}/gu;
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB]/gu;
const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const EMPTY_LINES = /\n{3,}/g;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** No living script stacks five marks on one letter; a pile of them spills over the neighbours' texts. */
const PILE_OF_MARKS = /[\p{M}\u200C\u200D]{5,}/u;

/**
 * What somebody typed, made safe to keep and show as plain text: NFC, so that a Kazakh letter is one letter whatever
 * keyboard made it; without characters that nobody sees but that turn, hide or break a text (controls, bidi overrides,
 * zero-width fillers, halves of characters); LF line ends, at most one empty line between two. Nothing visible is lost.
 */
export function cleanText(typed: string): string {
	const visible = typed.replace(LINE_END, '\n').replace(UNPRINTABLE, '').replace(INVISIBLE, '');
	const lines = visible.split('\n').map((line) => line.trimEnd());
	return lines.join('\n').replace(EMPTY_LINES, '\n\n').trim().normalize('NFC');
}

/** A text so many times longer than allowed is not cleaned before it is refused: that costs work, and mends nothing. */
const HOPELESS = 10;

/** The cleaned text, when it says something in at most `maximum` characters (code points, as the database counts). */
export function checkText(typed: string, maximum: number): Result<string, TextRefusal> {
	if (typed.length > maximum * HOPELESS) {
		return refused({ code: 'text_too_long', excess: countCharacters(typed) - maximum });
	}
	const text = cleanText(typed);
	if (!LETTER_OR_DIGIT.test(text)) return refused({ code: 'text_empty' });
	if (PILE_OF_MARKS.test(text)) return refused({ code: 'text_marks' });
	const excess = countCharacters(text) - maximum;
	return excess > 0 ? refused({ code: 'text_too_long', excess }) : ok(text);
}

function countCharacters(text: string): number {
	let count = 0;
	for (const _ of text) count++;
	return count;
}
