import { describe, expect, it } from 'vitest';
import { formatResidencyCode, makeResidencyCode, parseResidencyCode } from './residency-code.ts';

const code = makeResidencyCode(Uint8Array.from({ length: 64 }, (_, index) => index * 3));
const printed = formatResidencyCode(code);

const outcomeOf = (text: string) => {
	const parsed = parseResidencyCode(text);
	return parsed.ok ? parsed.value : parsed.refusal.code;
};

describe('a residency code', () => {
	it('is printed in groups and read back', () => {
		expect(printed).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{2}$/);
		expect(outcomeOf(printed)).toBe(code);
	});

	it('never holds a character that is taken for another', () => {
		for (let first = 0; first < 243; first++) {
			const made = makeResidencyCode(
				Uint8Array.from({ length: 64 }, (_, index) => (first + index * 7) % 243),
			);
			expect(made).not.toMatch(/[01BILOSUZ]/);
		}
	});

	it('is read whatever the case, the spaces and the hyphens', () => {
		expect(outcomeOf(` ${printed.toLowerCase()} `)).toBe(code);
		expect(outcomeOf(code)).toBe(code);
		expect(outcomeOf(printed.replaceAll('-', ' – '))).toBe(code);
		expect(outcomeOf(Array.from(code).join('\u00a0'))).toBe(code);
	});

	it('is read when typed on a Cyrillic keyboard', () => {
		const cyrillic: Readonly<Record<string, string>> = {
			A: 'а',
			C: 'с',
			E: 'е',
			H: 'н',
			K: 'к',
			M: 'м',
			P: 'р',
			T: 'т',
			X: 'х',
			Y: 'у',
			'3': 'З',
			'8': 'В',
		};
		for (let first = 0; first < 27; first++) {
			const made = makeResidencyCode(Uint8Array.from({ length: 64 }, (_, index) => first + index));
			const typed = Array.from(made, (character) => cyrillic[character] ?? character).join('');
			expect(outcomeOf(typed)).toBe(made);
		}
	});

	it('shows every single wrong character and every swap of neighbours', () => {
		const alphabet = '23456789ACDEFGHJKMNPQRTVWXY';
		for (let index = 0; index < code.length; index++) {
			for (const character of alphabet) {
				const typed = code.slice(0, index) + character + code.slice(index + 1);
				expect(outcomeOf(typed)).toBe(character === code[index] ? code : 'residency_code_mistyped');
			}
			if (index === code.length - 1 || code[index] === code[index + 1]) continue;
			const swapped = code.slice(0, index) + code[index + 1] + code[index] + code.slice(index + 2);
			expect(outcomeOf(swapped)).toBe('residency_code_mistyped');
		}
	});

	it.each([
		['', 'residency_code_missing'],
		[' - ', 'residency_code_missing'],
		['K7QM-2F9T', 'residency_code_incomplete'],
		['K7QM-2F9T-XWX', 'residency_code_incomplete'],
		['0000-0000-00', 'residency_code_mistyped'],
		['K7QM-2F9T-X\u0000', 'residency_code_mistyped'],
		['x'.repeat(1_000_000), 'residency_code_incomplete'],
	])('refuses %j: %s', (text, refusal) => {
		expect(outcomeOf(text)).toBe(refusal);
	});

	it('needs enough randomness', () => {
		expect(() => makeResidencyCode(new Uint8Array(8))).toThrow(RangeError);
		expect(() => makeResidencyCode(new Uint8Array(64).fill(255))).toThrow(RangeError);
	});
});
