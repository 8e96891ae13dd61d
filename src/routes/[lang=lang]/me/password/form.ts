import { z } from 'zod';
import { ok, refused } from '#lib/domain/base/result.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const passwordForm = z.object({
	password: parsedBy((text) => (text === '' ? refused({ code: 'password_missing' }) : ok(text))),
	newPassword: parsedBy(parseNewPassword),
});
