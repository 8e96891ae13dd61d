import { z } from 'zod';
import { isGuessable } from '#lib/domain/identity/guessable-password.ts';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import { parsedBy } from '#lib/server/http/index.ts';

/** In the order of the page, which is that of the error summary. */
export const registrationForm = z
	.object({
		displayName: parsedBy(parseDisplayName),
		email: parsedBy(parseEmailAddress),
		password: parsedBy(parseNewPassword),
		consent: z.literal('yes', { error: 'consent_missing' }),
	})
	.superRefine(({ displayName, email, password }, context) => {
		const ofTheirOwn = isGuessable(password, [displayName, email.key]);
		if (ofTheirOwn) context.addIssue({ code: 'custom', path: ['password'], message: 'password_common' });
	});
