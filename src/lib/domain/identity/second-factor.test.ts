import { describe, expect, it } from 'vitest';
import { formatRecoveryCode, makeRecoveryCode, parseRecoveryCode } from './recovery-code.ts';
import { parseSecondFactorCode } from './second-factor.ts';

describe('a code of the second factor', () => {
	it.each(['123456', '123 456', ' 123-456 '])('of the app is read from %j', (typed) => {
		expect(parseSecondFactorCode(typed)).toEqual({ ok: true, value: { kind: 'app', code: '123456' } });
	});

	it.each(['0a1b2-c3d4e', '0A1B2C3D4E', 'OaIb2 c3d4e'])('on paper is read from %j', (typed) => {
		expect(parseSecondFactorCode(typed)).toEqual({
			ok: true,
			value: { kind: 'recovery', code: '0a1b2c3d4e' },
		});
	});

	it.each([
		['', 'factor_code_missing'],
		['  ', 'factor_code_missing'],
		['12345', 'factor_code_incomplete'],
		['1234567', 'factor_code_incomplete'],
		['١٢٣٤٥٦', 'factor_code_incomplete'],
		['0a1b2c3d4', 'factor_code_incomplete'],
		['uuuuu-uuuuu', 'factor_code_incomplete'],
		['1'.repeat(100_000), 'factor_code_incomplete'],
	])('is refused when it cannot be one: %j', (typed, code) => {
		expect(parseSecondFactorCode(typed)).toEqual({ ok: false, refusal: { code } });
	});
});

describe('a recovery code', () => {
	it('is printed in two groups and read again', () => {
		const code = makeRecoveryCode(Uint8Array.from([0, 31, 32, 63, 255, 7, 8, 9, 10, 11]));
		expect(formatRecoveryCode(code)).toBe('0z0zz-789ab');
		expect(parseRecoveryCode(formatRecoveryCode(code))).toBe(code);
	});
});
