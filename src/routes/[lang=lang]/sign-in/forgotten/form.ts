import { z } from 'zod';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const forgottenForm = z.object({ email: parsedBy(parseEmailAddress) });
