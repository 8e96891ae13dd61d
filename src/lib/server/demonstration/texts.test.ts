import { describe, expect, it } from 'vitest';
import { RESPONSE_STATUSES } from '#lib/domain/dialogue/words.ts';
import { amendmentTexts, prioritiesTexts } from './consultation-texts.ts';
import { EXPAT_NAMES, KAZAKH_NAMES, OTHER_NAMES } from './names.ts';
import { ACKNOWLEDGEMENTS, COMPLAINT } from './official-texts.ts';
import { SIMULATED_COMMENTS } from './simulated-comments.ts';

const KAZAKH_LETTERS = /[әғқңөұүһі]/i;
const COMMENT_LIMIT = 2000;
const answers = SIMULATED_COMMENTS.flatMap((comment) => (comment.answer ? [comment.answer] : []));

/** Latin letters that look Cyrillic, inside a word with Cyrillic ones: search and screen readers stumble over them. */
function hasMixedAlphabets(text: string): boolean {
	return (text.match(/\p{L}+/gu) ?? []).some(
		(word) => /\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word),
	);
}

describe('simulated comments', () => {
	it('are at least 150, all distinct, about half of them Kazakh and half Russian', () => {
		const count = (language: string) =>
			SIMULATED_COMMENTS.filter((comment) => comment.language === language).length;
		expect(new Set(SIMULATED_COMMENTS.map((comment) => comment.text)).size).toBe(SIMULATED_COMMENTS.length);
		expect(SIMULATED_COMMENTS.length).toBeGreaterThanOrEqual(150);
		expect(count('kk')).toBeGreaterThanOrEqual(75);
		expect(count('ru')).toBeGreaterThanOrEqual(75);
	});

	it('end their codes with a functional group, and every group from 01 to 15 has some', () => {
		const groups = SIMULATED_COMMENTS.map((comment) => comment.codes.at(-1)!);
		for (const group of groups) expect(group).toMatch(/^\d\d$/);
		const expected = Array.from({ length: 15 }, (_, index) => String(index + 1).padStart(2, '0'));
		expect([...new Set(groups)].sort()).toEqual(expected);
	});

	it('are in the letters of their language and fit the database', () => {
		for (const { language, text } of SIMULATED_COMMENTS) {
			expect(text.length, text).toBeLessThanOrEqual(COMMENT_LIMIT);
			expect(hasMixedAlphabets(text), text).toBe(false);
			expect(KAZAKH_LETTERS.test(text), text).toBe(language === 'kk');
		}
	});
});

describe('simulated answers', () => {
	it('are at least 30 and occur in every status', () => {
		expect(answers.length).toBeGreaterThanOrEqual(30);
		for (const status of RESPONSE_STATUSES) {
			expect(
				answers.some((answer) => answer.status === status),
				status,
			).toBe(true);
		}
	});

	it('are in Kazakh and in Russian', () => {
		const bases = answers.flatMap((answer) => (answer.status === 'declined' ? [answer.legalBasis] : []));
		for (const { kk, ru } of [...answers, ...bases, ...ACKNOWLEDGEMENTS, COMPLAINT]) {
			expect(kk).toMatch(KAZAKH_LETTERS);
			expect(ru).not.toMatch(KAZAKH_LETTERS);
			expect(ru).toMatch(/\p{Script=Cyrillic}/u);
			expect(hasMixedAlphabets(kk) || hasMixedAlphabets(ru), kk).toBe(false);
		}
	});
});

describe('names and titles', () => {
	it('has a hundred first names or more, none of them twice', () => {
		const names = [...KAZAKH_NAMES, ...OTHER_NAMES, ...EXPAT_NAMES];
		expect(names.length).toBeGreaterThanOrEqual(100);
		expect(new Set(names).size).toBe(names.length);
	});

	it('names the fiscal year in every language', () => {
		for (const texts of [prioritiesTexts(2027), amendmentTexts(2027)]) {
			for (const text of Object.values(texts)) expect(text.title).toContain('2027');
		}
	});
});
