import { z } from 'zod';
import { ok, refused } from '#lib/domain/base/result.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const deletionForm = z.object({
	password: parsedBy((text) => (text === '' ? refused({ code: 'password_missing' }) : ok(text))),
});
