import { describe, expect, it } from 'vitest';
import { isGuessable } from './guessable-password.ts';

describe('isGuessable', () => {
	it.each([
		'aaaaaaaaaaaa',
		'            ',
		'123456789012',
		'098765432109',
		'1234567890123456',
		'abcdefghijkl',
		'абвгдежзийкл',
		'qwertyuiop12',
		'qwerty123456',
		'QwErTy-12345',
		'1qaz2wsx3edc',
		'q1w2e3r4t5y6',
		'asdqwe123zxc',
		'йцукенгшщзхъ',
		'фывапролджэ1',
		'әіңғүұқөһ123',
		'қйцукенгшщзх',
		'password1234',
		'P@ssw0rd!2026',
		'passwordpassword',
		'abcabcabcabc',
		'қуатқуатқуат',
		'пароль123456',
		'gfhjkm123456',
		'ghbdtnghbdtn',
		'құпиясөз2026',
		'iloveyou2026',
		'Astana-2026!',
		'алматы алматы',
		'Қазақстан 1991',
		'rfpf[cnfy1991',
		'OrtaqBudget1',
		'ортақ бюджет',
		'Айгерим150390',
		'+77011234567',
		'870101300012',
		'01.02.1990 Taraz',
		'admin admin 2026',
		'наташа люблю',
	])('refuses %j', (password) => {
		expect(isGuessable(password)).toBe(true);
	});

	it.each([
		'three unlikely words',
		'a brand new password',
		'қызыл алма 7',
		'көк есік тау теңіз',
		'жеті қазына 1879 бұлақ',
		'синий чайник поёт',
		'Xk9-vv2Lq-71',
		'not the password at all',
		'correct horse battery',
		'мой сосед красит забор',
		'7pRw4kZtq1Nc',
	])('lets %j through', (password) => {
		expect(isGuessable(password)).toBe(false);
	});

	it('refuses what somebody is called, and their address', () => {
		expect(isGuessable('bekzhanova.karlygash')).toBe(false);
		expect(isGuessable('Karlygash1975', ['Қарлығаш', 'karlygash'])).toBe(true);
		expect(isGuessable('bekzhanova.karlygash', ['karlygash.bekzhanova'])).toBe(true);
	});

	it('takes the longest password and the strangest in a few milliseconds', () => {
		const start = performance.now();
		for (const text of [
			'a'.repeat(128),
			'ab'.repeat(64),
			'qwerty1'.repeat(18),
			'🍎'.repeat(64),
			'12'.repeat(64),
		]) {
			isGuessable(text);
		}
		expect(performance.now() - start).toBeLessThan(50);
	});
});
