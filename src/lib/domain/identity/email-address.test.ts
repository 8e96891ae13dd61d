import { describe, expect, it } from 'vitest';
import { parseEmailAddress } from './email-address.ts';

const keyOf = (text: string) => {
	const parsed = parseEmailAddress(text);
	return parsed.ok ? parsed.value.key : parsed.refusal.code;
};

describe('parseEmailAddress', () => {
	it('keeps what was written and compares in lower case', () => {
		expect(parseEmailAddress('  Aigul.K@Mail.KZ ')).toEqual({
			ok: true,
			value: { address: 'Aigul.K@Mail.KZ', key: 'aigul.k@mail.kz' },
		});
	});

	it('keeps a tag apart: it is an address of its own', () => {
		expect(keyOf('a+budget@mail.kz')).toBe('a+budget@mail.kz');
	});

	it.each(['айгул@mail.kz', 'aigul@mаil.kz', 'aıgul@mail.kz', 'aigul@mail.қаз', 'ａigul@mail.kz'])(
		'says that letters of another alphabet are in it: %s',
		(text) => expect(keyOf(text)).toBe('email_not_latin'),
	);

	it.each([
		'a@mail.kz\nBcc: b@mail.kz',
		'a@mail.kz\r\nb',
		'a@mail.kz,b@mail.kz',
		'a@mail.kz;b@mail.kz',
		'a b@mail.kz',
		'"a b"@mail.kz',
		'A <a@mail.kz>',
		'a@b@mail.kz',
		'a@mail',
		'a@.kz',
		'a@mail..kz',
		'a@-mail.kz',
		'a@[127.0.0.1]',
		'a@127.0.0.1',
		'.a@mail.kz',
		'a.@mail.kz',
		'a..b@mail.kz',
		'@mail.kz',
		'a@',
		'a',
		'a\u0000@mail.kz',
		'a\u200b@mail.kz',
		'a\u202e@mail.kz',
		`${'a'.repeat(65)}@mail.kz`,
		`a@${'b'.repeat(64)}.kz`,
		`a@${'b.'.repeat(130)}kz`,
	])('refuses what is not one plain address: %j', (text) => {
		expect(keyOf(text)).toBe('email_invalid');
	});

	it('asks for an address when there is none', () => {
		expect(keyOf(' \n')).toBe('email_missing');
	});

	it('is quick on hostile text', () => {
		const started = performance.now();
		for (const part of ['a.', 'a@', '!', '\u0430'] as const) keyOf(part.repeat(100_000));
		expect(performance.now() - started).toBeLessThan(50);
	});
});
