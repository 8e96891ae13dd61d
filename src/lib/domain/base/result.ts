/** What a caller can cause is a value. A thrown error is a bug or a lost connection, never a refusal. */
export type Ok<T> = { readonly ok: true; readonly value: T };
export type Refused<R> = { readonly ok: false; readonly refusal: R };
export type Result<T, R> = Ok<T> | Refused<R>;

/** A rule that was broken, by code. It holds no text: i18n/refusals.ts speaks. */
export type Refusal = { readonly code: string };

export function ok<T>(value: T): Ok<T> {
	return { ok: true, value };
}

export function refused<const R>(refusal: R): Refused<R> {
	return { ok: false, refusal };
}
