import { z } from 'zod';
import { isUuid } from '#lib/domain/base/ids.ts';
import { parseIin } from '#lib/domain/identity/iin.ts';
import { parseResidencyCode } from '#lib/domain/identity/residency-code.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const enterForm = z.object({ code: parsedBy(parseResidencyCode), iin: parsedBy(parseIin) });
export const visitForm = z.object({
	id: z.string({ error: 'field_invalid' }).refine(isUuid, { error: 'field_invalid' }),
});
