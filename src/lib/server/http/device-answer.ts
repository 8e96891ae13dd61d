import { z } from 'zod';

const LENGTH_MAX = 20_000;

/**
 * What a device has said, as a form brings it: JSON of a credential with these parts. Whether any of it is true is asked
 * later; here it only has the shape.
 */
export function deviceAnswer<Parts extends z.ZodRawShape>(parts: Parts) {
	const credential = z.object({
		...{ id: z.string(), rawId: z.string(), type: z.literal('public-key') },
		response: z.object({ clientDataJSON: z.string(), ...parts }),
		clientExtensionResults: z.object({}).default({}),
	});
	return z
		.string({ error: 'passkey_refused' })
		.max(LENGTH_MAX, { error: 'passkey_refused' })
		.transform((text, context): z.infer<typeof credential> => {
			const read = credential.safeParse(parseJson(text));
			if (read.success) return read.data;
			context.addIssue({ code: 'custom', message: 'passkey_refused' });
			return z.NEVER;
		});
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
