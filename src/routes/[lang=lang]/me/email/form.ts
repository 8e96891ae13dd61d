import { z } from 'zod';
import { ok, refused } from '#lib/domain/base/result.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const emailForm = z.object({
	email: parsedBy(parseEmailAddress),
	password: parsedBy((text) => (text === '' ? refused({ code: 'password_missing' }) : ok(text))),
});
