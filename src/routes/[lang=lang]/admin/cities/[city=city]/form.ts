import { z } from 'zod';
import { RESIDENCY_METHODS } from '#lib/domain/identity/words.ts';

const method = z.enum(RESIDENCY_METHODS, { error: 'field_invalid' });

/** A box alone comes as a text, several as a list, none not at all. */
export const settingsForm = z.object({
	method: z
		.union([method.transform((one) => [one]), z.array(method)], { error: 'residency_methods_none' })
		.default([]),
	anonymous: z
		.string()
		.default('')
		.transform((ticked) => ticked === 'yes'),
});
