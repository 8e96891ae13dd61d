import { z } from 'zod';
import { ok, refused } from '#lib/domain/base/result.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const signInForm = z.object({
	email: parsedBy(parseEmailAddress),
	// Only whether there is one: what a good password looks like is no help to who guesses.
	password: parsedBy((text) => (text === '' ? refused({ code: 'password_missing' }) : ok(text))),
	next: z.string().default(''),
});
