import { z } from 'zod';
import { isUuid } from '#lib/domain/base/ids.ts';

export const sessionForm = z.object({
	id: z.string({ error: 'session_unknown' }).refine(isUuid, { error: 'session_unknown' }),
});
