import { m } from '#lib/paraglide/messages.js';
import type { RefusalTexts } from './texts.ts';

/** What any form can be refused for. */
export const formRefusals: RefusalTexts<'field_invalid' | 'too_many_requests'> = {
	field_invalid: () => m.refusal_field_invalid(),
	too_many_requests: (minutes) => m.refusal_too_many_requests({ minutes }),
};
