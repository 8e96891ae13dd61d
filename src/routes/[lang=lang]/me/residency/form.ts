import { z } from 'zod';
import { parseResidencyCode } from '#lib/domain/identity/residency-code.ts';
import { AGE_BANDS } from '#lib/domain/identity/words.ts';
import { parsedBy } from '#lib/server/http/index.ts';

const SLUG = /^[a-z][a-z-]{1,39}$/;

export const residencyForm = z.object({
	city: z.string({ error: 'city_missing' }).regex(SLUG, { error: 'city_missing' }),
	code: parsedBy(parseResidencyCode),
	ageBand: z
		.enum(['', ...AGE_BANDS], { error: 'age_band_unknown' })
		.default('')
		.transform((band) => (band === '' ? null : band)),
	next: z.string().default(''),
});
