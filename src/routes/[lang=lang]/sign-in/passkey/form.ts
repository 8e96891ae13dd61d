import { z } from 'zod';
import { deviceAnswer } from '#lib/server/http/index.ts';

export const passkeySignInForm = z.object({
	response: deviceAnswer({
		authenticatorData: z.string(),
		signature: z.string(),
		userHandle: z.string().exactOptional(),
	}),
	next: z.string().default(''),
});
