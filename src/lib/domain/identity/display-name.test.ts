import { describe, expect, it } from 'vitest';
import { DISPLAY_NAME_LENGTH_MAX, parseDisplayName } from './display-name.ts';

const outcomeOf = (text: string) => {
	const parsed = parseDisplayName(text);
	return parsed.ok ? parsed.value : parsed.refusal.code;
};

describe('parseDisplayName', () => {
	it.each(['Айгүл К.', 'Ұлжан Әбдіқалықова', "Жан д'Арк", 'Нұр-Сұлтан 2', 'عائشة', 'Ян'])(
		'takes a name: %s',
		(name) => {
			expect(outcomeOf(name)).toBe(name);
		},
	);

	it('folds spaces', () => {
		expect(outcomeOf('  Айгүл \u00a0  К. ')).toBe('Айгүл К.');
	});

	it.each([
		['', 'display_name_missing'],
		['  \u00a0', 'display_name_missing'],
		['Я', 'display_name_too_short'],
		['ә'.repeat(DISPLAY_NAME_LENGTH_MAX + 1), 'display_name_too_long'],
		['a'.repeat(100_000), 'display_name_too_long'],
		['12', 'display_name_characters'],
		['...', 'display_name_characters'],
		['Акимат\u202eвта', 'display_name_characters'],
		['Ай\u200bгүл', 'display_name_characters'],
		['Ай\u0000гүл', 'display_name_characters'],
		['Ай\nгүл', 'display_name_characters'],
		['Ай\ud83dгүл', 'display_name_characters'],
		['Ай\uffffгүл', 'display_name_characters'],
		[`А${'\u0301'.repeat(30)}`, 'display_name_characters'],
		['<b>Айгүл</b>', 'display_name_characters'],
		['https://evil.example', 'display_name_characters'],
		['a@mail.kz', 'display_name_characters'],
		['=cmd|calc', 'display_name_characters'],
		['{{constructor}}', 'display_name_characters'],
	])('refuses %j: %s', (text, code) => {
		expect(outcomeOf(text)).toBe(code);
	});
});
