import { z } from 'zod';
import type { Result } from '#lib/domain/base/result.ts';

/** A text field judged by a rule of the domain: its refusal becomes the field's error code. A missing field is empty. */
export function parsedBy<T>(parse: (text: string) => Result<T, { readonly code: string }>) {
	return z
		.string({ error: 'field_invalid' })
		.default('')
		.transform((text, context): T => {
			const parsed = parse(text);
			if (parsed.ok) return parsed.value;
			context.issues.push({ code: 'custom', message: parsed.refusal.code, input: text });
			return z.NEVER;
		});
}
