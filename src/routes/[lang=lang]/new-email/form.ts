import { z } from 'zod';

/** Longer than any token of ours; what is longer still is none. */
const TOKEN_LENGTH_MAX = 100;

export const newEmailForm = z.object({
	token: z.string({ error: 'link_not_valid' }).max(TOKEN_LENGTH_MAX, { error: 'link_not_valid' }),
	/** Where the page asks for none, none is sent. */
	password: z.string().default(''),
});
