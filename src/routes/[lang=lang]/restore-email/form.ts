import { z } from 'zod';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { parsedBy } from '#lib/server/http/index.ts';

/** Longer than any token of ours; what is longer still is none. */
const TOKEN_LENGTH_MAX = 100;

export const restoreForm = z.object({
	token: z.string({ error: 'link_not_valid' }).max(TOKEN_LENGTH_MAX, { error: 'link_not_valid' }),
	newPassword: parsedBy(parseNewPassword),
});
