import { describe, expect, it } from 'vitest';
import { guessLanguage, writtenLanguage } from './written-language.ts';

describe('guessLanguage', () => {
	it.each([
		['Біздің көшедегі жарық неге жанбайды?', 'kk'],
		['Балабақша кезегі неге азаймай тұр? 2025 жылға қанша орын жоспарланған?', 'kk'],
		['Когда починят дорогу на Кенесары? В бюджете строка есть, работ не видно.', 'ru'],
		['Почему на улице Қабанбай батыра до сих пор нет освещения?', 'ru'],
		['Why is there no light in our street?', 'en'],
	])('knows the language of: %s', (text, language) => {
		expect(guessLanguage(text)).toBe(language);
	});

	it.each(['Жол калай болады, кашан жонделеди?', 'Кошеде от бар ма, не болды?', 'Жол!', '2025', ''])(
		'does not guess about: %s',
		(text) => {
			expect(guessLanguage(text)).toBeNull();
		},
	);
});

describe('writtenLanguage', () => {
	it('follows the text where the writer left the language as the page had set it', () => {
		expect(writtenLanguage('Біздің көшедегі жарық неге жанбайды?', 'ru', 'ru')).toBe('kk');
		expect(writtenLanguage('Жол калай болады?', 'kk', 'kk')).toBe('kk');
	});

	it('follows the writer who chose', () => {
		expect(writtenLanguage('Когда починят дорогу и мост?', 'en', 'kk')).toBe('en');
	});
});
