import type { Brand } from '../base/brand.ts';
import { ok, refused, type Result } from '../base/result.ts';

/** A one-time code on paper, in the form that is hashed: ten characters without separators. */
export type ResidencyCode = Brand<string, 'ResidencyCode'>;

export type ResidencyCodeRefusal = {
	readonly code: 'residency_code_missing' | 'residency_code_incomplete' | 'residency_code_mistyped';
};

/** No 0 O, 1 I L, 5 S, 2 Z, 8 B twice over: of each pair that looks alike one at most. */
const ALPHABET = '23456789ACDEFGHJKMNPQRTVWXY';
const LENGTH = 10;
const GROUPS = [4, 8] as const;

/**
 * What people type for a character of ours: its Cyrillic twin on a Kazakh or Russian keyboard, or the sign that was left
 * out because it looks the same.
 */
const TYPED: Readonly<Record<string, string>> = {
	А: 'A',
	В: '8',
	Е: 'E',
	З: '3',
	К: 'K',
	М: 'M',
	Н: 'H',
	Р: 'P',
	С: 'C',
	Т: 'T',
	У: 'Y',
	Ү: 'Y',
	Ұ: 'Y',
	Х: 'X',
	Һ: 'H',
	B: '8',
	S: '5',
	Z: '2',
	U: 'V',
};

/** Weights prime to 27 whose neighbours differ by 1 or 2: one wrong character or two neighbours swapped always show. */
const WEIGHTS = [1, 2, 4, 5, 7, 8, 10, 11, 13] as const;

function checkCharacter(body: string): string {
	let sum = 0;
	for (const [index, weight] of WEIGHTS.entries()) sum += weight * ALPHABET.indexOf(body[index]!);
	return ALPHABET[sum % ALPHABET.length]!;
}

/** Random bytes that a new code needs; some are thrown away so that every character is equally likely. */
export const RESIDENCY_CODE_ENTROPY = 64;

/**
 * Nine random characters (42 bits) and a check character.
 * @throws RangeError when too few of the bytes are usable, which 64 random bytes leave to one case in 10^30.
 */
export function makeResidencyCode(random: Uint8Array): ResidencyCode {
	const fair = 256 - (256 % ALPHABET.length);
	const usable = [...random].filter((byte) => byte < fair).slice(0, WEIGHTS.length);
	if (usable.length < WEIGHTS.length) throw new RangeError('not enough randomness for a code');
	const body = usable.map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
	return `${body}${checkCharacter(body)}` as ResidencyCode;
}

/** As it is printed: `K7QM-2F9T-XW`. */
export function formatResidencyCode(code: ResidencyCode): string {
	return [code.slice(0, GROUPS[0]), code.slice(GROUPS[0], GROUPS[1]), code.slice(GROUPS[1])].join('-');
}

/** Reads what was typed in whatever case, alphabet and grouping. */
export function parseResidencyCode(text: string): Result<ResidencyCode, ResidencyCodeRefusal> {
	const typed = Array.from(
		text
			.slice(0, LENGTH * 10)
			.normalize('NFC')
			.toUpperCase(),
	)
		.filter((character) => !/[\s\p{Dash}._]/u.test(character))
		.map((character) => TYPED[character] ?? character);
	if (typed.length === 0) return refused({ code: 'residency_code_missing' });
	if (typed.length !== LENGTH) return refused({ code: 'residency_code_incomplete' });
	const code = typed.join('');
	const known = typed.every((character) => ALPHABET.includes(character));
	if (!known || checkCharacter(code) !== code.at(-1)) return refused({ code: 'residency_code_mistyped' });
	return ok(code as ResidencyCode);
}
