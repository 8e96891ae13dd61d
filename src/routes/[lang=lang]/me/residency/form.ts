import { z } from 'zod';
import { parseIin } from '#lib/domain/identity/iin.ts';
import { parseResidencyCode } from '#lib/domain/identity/residency-code.ts';
import { AGE_BANDS } from '#lib/domain/identity/words.ts';
import { parsedBy } from '#lib/server/http/index.ts';

const SLUG = /^[a-z][a-z-]{1,39}$/;

/** What every method asks beside its proof. */
const claim = {
	city: z.string({ error: 'city_missing' }).regex(SLUG, { error: 'city_missing' }),
	ageBand: z
		.enum(['', ...AGE_BANDS], { error: 'age_band_unknown' })
		.default('')
		.transform((band) => (band === '' ? null : band)),
	moving: z
		.string()
		.default('')
		.transform((ticked) => ticked === 'yes'),
	next: z.string().default(''),
};

export const codeForm = z.object({ ...claim, code: parsedBy(parseResidencyCode) });
/** The proof comes from elsewhere. */
export const oidcForm = z.object(claim);
export const counterForm = z.object(claim);
export const iinForm = z.object({ ...claim, iin: parsedBy(parseIin) });
