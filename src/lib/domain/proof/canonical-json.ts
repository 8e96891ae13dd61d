/** What can be written down in exactly one way: numbers are whole and safe, amounts and other big numbers are text. */
export type Json =
	null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The one text of a value: no spaces, keys in the order of their UTF-16 code units, a key without a value left out.
 * Source: RFC 8785 (JSON Canonicalization Scheme), for what it and `Json` both allow.
 * @throws RangeError on a number that is not a safe integer, and on text that is not Unicode: neither has one form.
 */
export function canonicalJson(value: Json): string {
	if (typeof value === 'number') {
		if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`);
		// Negative zero is a zero.
		return JSON.stringify(value);
	}
	if (typeof value === 'string') {
		if (!value.isWellFormed()) throw new RangeError('a text with half a character');
		return JSON.stringify(value);
	}
	if (value === null || typeof value === 'boolean') return JSON.stringify(value);
	if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
	const members = Object.keys(value)
		.sort()
		.flatMap((key) => {
			const member = value[key];
			return member === undefined ? [] : [`${canonicalJson(key)}:${canonicalJson(member)}`];
		});
	return `{${members.join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}
