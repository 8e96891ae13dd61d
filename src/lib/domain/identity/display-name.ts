import type { Brand } from '../base/brand.ts';
import { ok, refused, type Result } from '../base/result.ts';

/** The name under which an account speaks in public. */
export type DisplayName = Brand<string, 'DisplayName'>;

export type DisplayNameRefusal = {
	readonly code:
		'display_name_missing' | 'display_name_too_short' | 'display_name_too_long' | 'display_name_characters';
};

export const DISPLAY_NAME_LENGTH_MIN = 2;
export const DISPLAY_NAME_LENGTH_MAX = 40;

// Letters with at most two marks each, digits, and what stands inside names. No colon, slash or at-sign: a name is no
// place for an address. Controls, bidi marks and zero-width signs are none of these.
const NAME = /^(?:\p{Letter}\p{Mark}{0,2}|[\p{Decimal_Number} .'’ʼ-])+$/u;
const STARTS_WITH_LETTER = /^\p{Letter}/u;

/** Spaces are folded to single ones, the rest is kept as it was written. */
export function parseDisplayName(text: string): Result<DisplayName, DisplayNameRefusal> {
	if (text.length > DISPLAY_NAME_LENGTH_MAX * 8) return refused({ code: 'display_name_too_long' });
	const name = text
		.normalize('NFC')
		.trim()
		.replace(/[ \u00a0]+/g, ' ');
	if (name === '') return refused({ code: 'display_name_missing' });
	if (!NAME.test(name) || !STARTS_WITH_LETTER.test(name)) return refused({ code: 'display_name_characters' });
	const length = Array.from(name).length;
	if (length < DISPLAY_NAME_LENGTH_MIN) return refused({ code: 'display_name_too_short' });
	if (length > DISPLAY_NAME_LENGTH_MAX) return refused({ code: 'display_name_too_long' });
	return ok(name as DisplayName);
}
