import { z } from 'zod';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const registrationForm = z.object({
	email: parsedBy(parseEmailAddress),
	displayName: parsedBy(parseDisplayName),
	password: parsedBy(parseNewPassword),
	consent: z.literal('yes', { error: 'consent_missing' }),
});
