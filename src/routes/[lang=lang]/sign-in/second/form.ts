import { z } from 'zod';
import { parseSecondFactorCode } from '#lib/domain/identity/second-factor.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const secondStepForm = z.object({
	code: parsedBy(parseSecondFactorCode),
	next: z.string().default(''),
});
