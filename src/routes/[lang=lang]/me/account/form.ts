import { z } from 'zod';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { AGE_BANDS } from '#lib/domain/identity/words.ts';
import { parsedBy } from '#lib/server/http/index.ts';

export const profileForm = z.object({
	displayName: parsedBy(parseDisplayName),
	mailLanguage: z.enum(LANGUAGES, { error: 'language_unknown' }),
	ageBand: z
		.enum(['', ...AGE_BANDS], { error: 'age_band_unknown' })
		.default('')
		.transform((band) => (band === '' ? null : band)),
});
