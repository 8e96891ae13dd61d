import { z } from 'zod';
import { isUuid } from '#lib/domain/base/ids.ts';
import { parseBatchSize } from '#lib/domain/identity/residency-code-batch.ts';
import { parsedBy } from '#lib/server/http/index.ts';

const id = z.string({ error: 'field_invalid' }).refine(isUuid, { error: 'field_invalid' });

export const anonymousForm = z.object({ id, size: parsedBy(parseBatchSize) });
export const namedForm = z.object({ id, receivers: z.string({ error: 'field_invalid' }).default('') });
export const releaseForm = z.object({ submissionId: id });
