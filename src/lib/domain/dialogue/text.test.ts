import { describe, expect, it } from 'vitest';
import { checkText, cleanText } from './text.ts';

const MAXIMUM = 2000;
const checked = (typed: string) => checkText(typed, MAXIMUM);

describe('cleanText', () => {
	it('makes one letter of a letter and its mark', () => {
		expect(cleanText('Мои\u0306ынқұм')).toBe('Мойынқұм');
	});

	it.each([
		['a NUL', 'ақ\u0000ша', 'ақша'],
		['terminal escapes', '\u001B[31mқызыл\u009B', '[31mқызыл'],
		['bidi overrides', 'баға \u202E100\u202C \u2067теңге\u2069\u200F', 'баға 100 теңге'],
		['zero-width characters', 'бюд\u200Bжет\uFEFF\u2060\u00AD', 'бюджет'],
		['invisible tags', 'жол\u{E0041}\u{E0042}', 'жол'],
		['half a character', 'жарты \uD83D таңба \uDE00', 'жарты  таңба'],
		['noncharacters', 'шет\uFFFF\uFFFE\u{1FFFF}', 'шет'],
	])('takes out %s', (_, typed, kept) => {
		expect(cleanText(typed)).toBe(kept);
	});

	it('has one kind of line end, no trailing blanks and no desert of empty lines', () => {
		expect(cleanText(' \r\nбір  \r\n\r\n\r\n\r\nекі\rүш\u2028төрт\u000Bбес\n\n')).toBe(
			'бір\n\nекі\nүш\nтөрт\nбес',
		);
	});

	it('keeps tabs, emoji made of several, and words of other scripts', () => {
		const text = 'кесте\t1 👨‍👩‍👧 ❤️ שלום می‌خواهم';
		expect(cleanText(text)).toBe(text);
	});

	it('changes nothing when applied again', () => {
		const once = cleanText('\u200B \n\u0000\n\n\u0301а\u2028\u2028\u2028\u202Eб ');
		expect(cleanText(once)).toBe(once);
	});

	it('needs no more than linear time for 100 kB of blanks', () => {
		const before = performance.now();
		cleanText(`${' '.repeat(100_000)}a${'\t'.repeat(100_000)}\n${'\n '.repeat(50_000)}`);
		expect(performance.now() - before).toBeLessThan(500);
	});
});

describe('checkText', () => {
	it.each(['', '  \n ', '\u200B\u2060', '...', '👍', '\u3164\u3164', '\u2800'])(
		'refuses a text without a letter or a digit: %j',
		(typed) => {
			expect(checked(typed)).toEqual({ ok: false, refusal: { code: 'text_empty' } });
		},
	);

	it('counts characters, not bytes or halves, and only those it keeps', () => {
		expect(checked(`${'ә'.repeat(MAXIMUM - 1)}😀  `).ok).toBe(true);
		expect(checked(`${'ә'.repeat(MAXIMUM)}😀😀`)).toEqual({
			ok: false,
			refusal: { code: 'text_too_long', excess: 2 },
		});
	});

	it('refuses letters under a pile of marks', () => {
		expect(checked(`З${'\u0337'.repeat(1000)}`)).toEqual({ ok: false, refusal: { code: 'text_marks' } });
		expect(checked(`З${'\u0337\u200D'.repeat(500)}`)).toEqual({ ok: false, refusal: { code: 'text_marks' } });
		expect(checked('Việt Nam, שָׁלוֹם').ok).toBe(true);
	});

	it.each([
		'<script>alert(1)</script>',
		'"><img src=x onerror=alert(1)>',
		"'; drop table comment; --",
		'{{constructor.constructor("alert(1)")()}} ${7*7} %0a %',
		'=HYPERLINK("http://evil.example")',
	])('leaves to the page what is only text: %s', (typed) => {
		expect(checked(typed)).toEqual({ ok: true, value: typed });
	});
});
