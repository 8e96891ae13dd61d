import { describe, expect, it } from 'vitest';
import { preferredLanguage } from './preferred-language.ts';

describe('preferredLanguage', () => {
	it.each([
		['ru-KZ,ru;q=0.9,kk;q=0.8', 'ru'],
		['de-DE,de;q=0.9,en;q=0.5,kk;q=0.7', 'kk'],
		['en', 'en'],
		['kk;q=0, ru;q=0.1', 'ru'],
		['de', 'kk'],
		['', 'kk'],
		[null, 'kk'],
		[';;;,q=,*', 'kk'],
	])('answers %j with %s', (header, language) => {
		expect(preferredLanguage(header)).toBe(language);
	});
});
