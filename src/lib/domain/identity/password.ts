import type { Brand } from '../base/brand.ts';
import { ok, refused, type Result } from '../base/result.ts';
import { isGuessable } from './guessable-password.ts';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './password-length.ts';

/** A password in the form that is hashed: NFC, so that «й» typed as one sign or as two is the same password. */
export type Password = Brand<string, 'Password'>;

export type PasswordRefusal = {
	readonly code:
		| 'password_missing'
		| 'password_too_short'
		| 'password_too_long'
		| 'password_characters'
		| 'password_common';
};

/** Before normalising, a generous bound on the work: decomposed text is at most some times longer. */
const RAW_LENGTH_MAX = PASSWORD_LENGTH_MAX * 8;
const CONTROL = /\p{Control}|\p{Surrogate}/u;

/**
 * A new password, counted in characters; at most 128 of them are at most 512 bytes, none silently cut. Nothing is asked
 * of its signs, but it must not be one that everybody guesses, nor be made of what the owner is called (`context`).
 */
export function parseNewPassword(
	text: string,
	context: readonly string[] = [],
): Result<Password, PasswordRefusal> {
	const password = parsePassword(text);
	if (password.ok && isGuessable(password.value, context)) return refused({ code: 'password_common' });
	return password;
}

/** What somebody signs in with. A text that could never have become a password is null: it is simply wrong. */
export function toKnownPassword(text: string): Password | null {
	const parsed = parsePassword(text);
	return parsed.ok ? parsed.value : null;
}

function parsePassword(text: string): Result<Password, PasswordRefusal> {
	if (text.trim() === '') return refused({ code: 'password_missing' });
	if (text.length > RAW_LENGTH_MAX) return refused({ code: 'password_too_long' });
	const password = text.normalize('NFC');
	const length = Array.from(password).length;
	if (length > PASSWORD_LENGTH_MAX) return refused({ code: 'password_too_long' });
	if (CONTROL.test(password)) return refused({ code: 'password_characters' });
	if (length < PASSWORD_LENGTH_MIN) return refused({ code: 'password_too_short' });
	return ok(password as Password);
}
