import type { Result } from '../base/result.ts';
import { checkText, type TextRefusal } from './text.ts';

export const COMMENT_LENGTH_MAX = 2000;

/** A comment is plain text: it says something, in at most 2000 characters. */
export function checkComment(typed: string): Result<string, TextRefusal> {
	return checkText(typed, COMMENT_LENGTH_MAX);
}
