import { error } from '@sveltejs/kit';
import type { z } from 'zod';

/** What was wrong with one field, by code; `detail` holds the number a text may need. */
export type FieldError = { readonly code: string; readonly detail?: number };
export type FormValues = Readonly<Record<string, string>>;
export type FormErrors = Readonly<Record<string, FieldError>>;

export type FormRead<T> =
	| { readonly ok: true; readonly value: T; readonly values: FormValues }
	| { readonly ok: false; readonly values: FormValues; readonly errors: FormErrors };

/** Fields that never travel back to the page. */
const SECRET = new Set(['password', 'newPassword']);
const FIELDS_MAX = 200;

/**
 * Reads a posted form by a schema whose messages are refusal codes. A field that appears several times becomes a list;
 * fields the schema does not know are dropped. On failure what was typed comes back, but for secrets.
 */
export async function readForm<T>(request: Request, form: z.ZodType<T>): Promise<FormRead<T>> {
	const raw = collectFields(await parseBody(request));
	const values = keepValues(raw);
	const parsed = form.safeParse(raw);
	if (parsed.success) return { ok: true, value: parsed.data, values };
	const errors: Record<string, FieldError> = {};
	for (const issue of parsed.error.issues) {
		const field = String(issue.path[0] ?? 'form');
		const detail = 'maximum' in issue ? issue.maximum : 'minimum' in issue ? issue.minimum : undefined;
		errors[field] ??= { code: issue.message, ...(typeof detail === 'number' ? { detail } : {}) };
	}
	return { ok: false, values, errors };
}

/** A body that is no form, or not the one its headers announce, is the sender's fault and none of ours. */
function parseBody(request: Request): Promise<FormData> {
	return request.formData().catch((thrown: unknown) => {
		if (thrown instanceof TypeError) error(400);
		throw thrown;
	});
}

function collectFields(data: FormData): Record<string, string | string[]> {
	const raw: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
	let count = 0;
	for (const [name, value] of data) {
		if (typeof value !== 'string' || ++count > FIELDS_MAX) continue;
		const before = raw[name];
		// Browsers send line ends as CRLF; what is counted and kept has LF.
		const text = value.replaceAll('\r\n', '\n');
		if (before === undefined) raw[name] = text;
		else if (Array.isArray(before)) before.push(text);
		else raw[name] = [before, text];
	}
	return raw;
}

function keepValues(raw: Record<string, string | string[]>): FormValues {
	const values: Record<string, string> = {};
	for (const [name, value] of Object.entries(raw)) {
		if (typeof value === 'string' && !SECRET.has(name)) values[name] = value;
	}
	return values;
}
