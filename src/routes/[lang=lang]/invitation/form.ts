import { z } from 'zod';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { parsedBy } from '#lib/server/http/index.ts';

/** Longer than any token of ours; what is longer still is none. */
const TOKEN_LENGTH_MAX = 100;
const token = z
	.string({ error: 'invitation_not_valid' })
	.max(TOKEN_LENGTH_MAX, { error: 'invitation_not_valid' });

export const acceptForm = z.object({ token });

/** In the order of the page, which is that of the error summary. */
export const invitedForm = z.object({
	token,
	displayName: parsedBy(parseDisplayName),
	password: parsedBy(parseNewPassword),
	consent: z.literal('yes', { error: 'consent_missing' }),
});
