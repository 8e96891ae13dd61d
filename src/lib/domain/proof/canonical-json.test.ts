import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from './canonical-json.ts';

describe('canonicalJson', () => {
	it('writes the same value in one way, whatever the order of its keys', () => {
		expect(canonicalJson({ b: [1, null, true], a: { d: 'x', c: -7 } })).toBe(
			'{"a":{"c":-7,"d":"x"},"b":[1,null,true]}',
		);
	});

	it('leaves out a key without a value', () => {
		expect(canonicalJson({ after: undefined, before: null })).toBe('{"before":null}');
	});

	it('sorts keys by UTF-16 code units and escapes as RFC 8785 does', () => {
		// The example of RFC 8785, section 3.2.3, without its numbers.
		const keys = ['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö'];
		const sorted = ['\r', '1', '\u0080', 'ö', '€', '😀', '\ufb33'];
		const value = Object.fromEntries(keys.map((key) => [key, key]));
		expect(canonicalJson(value)).toBe(
			`{${sorted.map((key) => `${JSON.stringify(key)}:${JSON.stringify(key)}`).join(',')}}`,
		);
		expect(canonicalJson('€$\u000F\nA\'B"\\\\"/')).toBe(String.raw`"€$\u000f\nA'B\"\\\\\"/"`);
	});

	it('refuses what has no one form', () => {
		for (const value of [0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
			expect(() => canonicalJson({ value })).toThrow(RangeError);
		}
		expect(() => canonicalJson('\ud800')).toThrow(RangeError);
		expect(() => canonicalJson({ '\udc00': 1 })).toThrow(RangeError);
		expect(canonicalJson(-0)).toBe('0');
	});

	it('is read back as the same value, and written the same again', () => {
		const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
			json: fc.oneof(
				fc.constant(null),
				fc.boolean(),
				fc.maxSafeInteger().map((number) => number + 0),
				fc.string({ unit: 'grapheme' }),
				fc.array(tie('json'), { maxLength: 4 }),
				fc.dictionary(fc.string({ unit: 'grapheme' }), tie('json'), { maxKeys: 4 }),
			),
		})).json;
		fc.assert(
			fc.property(json, (value) => {
				const text = canonicalJson(value);
				expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
			}),
		);
	});
});
