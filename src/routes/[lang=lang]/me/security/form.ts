import { z } from 'zod';
import { ok, refused } from '#lib/domain/base/result.ts';
import { parseAppCode } from '#lib/domain/identity/second-factor.ts';
import { parsedBy } from '#lib/server/http/index.ts';

/** Asked for before each change of how one signs in; `next` is where one wanted to go. */
export const passwordForm = z.object({
	password: parsedBy((text) => (text === '' ? refused({ code: 'password_missing' }) : ok(text))),
	next: z.string().default(''),
});

export const appCodeForm = z.object({ code: parsedBy(parseAppCode), next: z.string().default('') });
