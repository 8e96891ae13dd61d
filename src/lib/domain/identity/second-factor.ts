import type { Brand } from '../base/brand.ts';
import { ok, refused, type Result } from '../base/result.ts';
import { parseRecoveryCode, type RecoveryCode } from './recovery-code.ts';

/** Six digits that an app shows for half a minute. */
export type AppCode = Brand<string, 'AppCode'>;

export type SecondFactorCode =
	| { readonly kind: 'app'; readonly code: AppCode }
	| { readonly kind: 'recovery'; readonly code: RecoveryCode };

export type SecondFactorCodeRefusal = {
	readonly code: 'factor_code_missing' | 'factor_code_incomplete';
};

/** Longer than any code, however it is spaced. */
const TYPED_MAX = 64;

export function parseAppCode(text: string): Result<AppCode, SecondFactorCodeRefusal> {
	const digits = text.slice(0, TYPED_MAX).replace(/[\s-]/g, '');
	if (digits === '') return refused({ code: 'factor_code_missing' });
	return /^\d{6}$/.test(digits) ? ok(digits as AppCode) : refused({ code: 'factor_code_incomplete' });
}

/** One field takes both: the six digits of the app, or one of the codes on paper. */
export function parseSecondFactorCode(text: string): Result<SecondFactorCode, SecondFactorCodeRefusal> {
	const appCode = parseAppCode(text);
	if (appCode.ok) return ok({ kind: 'app', code: appCode.value });
	const recoveryCode = parseRecoveryCode(text.slice(0, TYPED_MAX));
	return recoveryCode === null ? appCode : ok({ kind: 'recovery', code: recoveryCode });
}
