import type { Brand } from '../base/brand.ts';

/** A code on paper that stands in once for the app of the second factor; as it is hashed: without its hyphen. */
export type RecoveryCode = Brand<string, 'RecoveryCode'>;

export const RECOVERY_CODES = 10;

/** Crockford's: letters that look like digits are read as those digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 10;
const GROUP = 5;

/** How many random bytes one code takes: each gives a character of five bits. */
export const RECOVERY_CODE_ENTROPY = LENGTH;

export function makeRecoveryCode(entropy: Uint8Array): RecoveryCode {
	return Array.from(entropy.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join(
		'',
	) as RecoveryCode;
}

export function formatRecoveryCode(code: RecoveryCode): string {
	return `${code.slice(0, GROUP)}-${code.slice(GROUP)}`;
}

/** However it was typed; null when it cannot be one. */
export function parseRecoveryCode(text: string): RecoveryCode | null {
	const code = text.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
	return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter))
		? (code as RecoveryCode)
		: null;
}
