import { ok, refused, type Result } from '../base/result.ts';

/** An address as its owner wrote it, and the form in which two writings of one address are equal. */
export type EmailAddress = { readonly address: string; readonly key: string };

export type EmailRefusal = { readonly code: 'email_missing' | 'email_invalid' | 'email_not_latin' };

/** RFC 5321, section 4.5.3.1: 64 octets before the sign, 254 in all. */
const EMAIL_LENGTH_MAX = 254;
const LOCAL_LENGTH_MAX = 64;

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * One address and nothing else: no list, no display name, no line break, no quoted part. Letters of other alphabets are
 * refused by a code of their own, since a Cyrillic «с» or «о» in an address is nearly always a slip of the keyboard, and
 * two addresses that look alike would be two accounts.
 */
export function parseEmailAddress(text: string): Result<EmailAddress, EmailRefusal> {
	const address = text.trim().normalize('NFC');
	if (address === '') return refused({ code: 'email_missing' });
	if (address.length > EMAIL_LENGTH_MAX) return refused({ code: 'email_invalid' });
	if (/\p{Letter}/u.test(address.replace(/[A-Za-z]/g, ''))) return refused({ code: 'email_not_latin' });
	const key = address.toLowerCase();
	const [local = '', domain = '', ...rest] = key.split('@');
	const labels = domain.split('.');
	const wellFormed =
		rest.length === 0 &&
		local.length <= LOCAL_LENGTH_MAX &&
		LOCAL.test(local) &&
		labels.length >= 2 &&
		labels.every((label) => LABEL.test(label)) &&
		/[a-z]/.test(labels.at(-1)!);
	return wellFormed ? ok({ address, key }) : refused({ code: 'email_invalid' });
}
