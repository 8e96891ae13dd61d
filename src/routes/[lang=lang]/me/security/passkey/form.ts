import { z } from 'zod';
import { deviceAnswer } from '#lib/server/http/index.ts';

const NAME_LENGTH_MAX = 40;

/** What its owner calls a device. Shown to nobody else. */
const passkeyName = z
	.string({ error: 'passkey_name_missing' })
	.transform((text) =>
		text
			.normalize('NFC')
			.replace(/[\p{Control}\p{Format}\p{Surrogate}\s]+/gu, ' ')
			.trim(),
	)
	.refine((name) => name !== '', { error: 'passkey_name_missing', abort: true })
	.refine((name) => Array.from(name).length <= NAME_LENGTH_MAX, { error: 'passkey_name_too_long' });

export const nameForm = z.object({ name: passkeyName });
export const addPasskeyForm = z.object({
	name: passkeyName,
	response: deviceAnswer({ attestationObject: z.string() }),
});
