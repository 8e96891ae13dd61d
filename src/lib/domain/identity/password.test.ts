import { describe, expect, it } from 'vitest';
import { PASSWORD_LENGTH_MAX } from './password-length.ts';
import { parseNewPassword, toKnownPassword } from './password.ts';

const codeOf = (text: string) => {
	const parsed = parseNewPassword(text);
	return parsed.ok ? 'ok' : parsed.refusal.code;
};

describe('parseNewPassword', () => {
	it.each([
		['қызыл алма 7', 'ok'],
		['aaaaaaaaaaaa', 'password_common'],
		['elevenchars', 'password_too_short'],
		['', 'password_missing'],
		[' '.repeat(40), 'password_missing'],
		['\t\u00a0'.repeat(20), 'password_missing'],
		['with\u0000a nul inside', 'password_characters'],
		['with a\nline break', 'password_characters'],
		['half a letter \ud83d', 'password_characters'],
		['жолдағы ақ қайыңдар '.repeat(7).slice(0, PASSWORD_LENGTH_MAX), 'ok'],
		['ә'.repeat(PASSWORD_LENGTH_MAX + 1), 'password_too_long'],
		['a'.repeat(1_000_000), 'password_too_long'],
	])('judges %j as %s', (text, code) => {
		expect(codeOf(text)).toBe(code);
	});

	it('keeps spaces at both ends: they are part of the password', () => {
		expect(parseNewPassword('  spaces here  ')).toEqual({ ok: true, value: '  spaces here  ' });
	});

	it('is the same password however its letters were composed', () => {
		const typed = 'Йошкин ёлочный май';
		expect(typed.normalize('NFD')).not.toBe(typed);
		expect(parseNewPassword(typed.normalize('NFD'))).toEqual(parseNewPassword(typed));
	});

	it('counts a sign outside the basic plane once', () => {
		expect(codeOf('🍎'.repeat(11))).toBe('password_too_short');
		expect(codeOf('🍎🍐🍊🍋🍌🍉🍇🍓🫐🍈🍒🍑')).toBe('ok');
	});

	it('never grows beyond what argon2 is given to hash', () => {
		expect(new TextEncoder().encode('🍎'.repeat(PASSWORD_LENGTH_MAX)).length).toBe(PASSWORD_LENGTH_MAX * 4);
	});
});

describe('toKnownPassword', () => {
	it('takes what could have been set and nothing else', () => {
		expect(toKnownPassword('қызыл алма 7')).toBe('қызыл алма 7');
		expect(toKnownPassword('short')).toBeNull();
	});

	it('lets in who chose a common one before they were refused', () => {
		expect(toKnownPassword('password1234')).toBe('password1234');
	});
});
