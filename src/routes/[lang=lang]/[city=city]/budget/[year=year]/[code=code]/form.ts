import { z } from 'zod';
import { isUuid, type CommentId } from '#lib/domain/base/ids.ts';
import { LANGUAGES } from '#lib/domain/base/language.ts';

export const commentForm = z.object({
	id: z.string('field_invalid').refine((text): text is CommentId => isUuid(text), 'field_invalid'),
	// What it says is judged by the command, which knows the rules of a text.
	body: z.string('field_invalid').default(''),
	language: z.enum(LANGUAGES, 'field_invalid'),
	/** The language that the page had set, to tell a choice from a field left alone. */
	preselected: z.enum(LANGUAGES, 'field_invalid'),
});
