import { z } from 'zod';

/** No city: none is kept any more. */
export const myCityForm = z.object({ city: z.string('field_invalid').default('') });
