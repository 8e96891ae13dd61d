import { z } from 'zod';
import { isUuid, type SubmissionId } from '#lib/domain/base/ids.ts';
import type { ResponseFault } from '#lib/domain/dialogue/response.ts';
import { RESPONSE_STATUSES } from '#lib/domain/dialogue/words.ts';
import type { FormErrors } from '#lib/server/http/index.ts';

// What the texts say is judged by the domain, which knows what each status needs.
const text = z.string('field_invalid').default('');
const texts = {
	body_kk: text,
	body_ru: text,
	legal_basis_kk: text,
	legal_basis_ru: text,
	complaint_kk: text,
	complaint_ru: text,
};

export const responseForm = z.object({
	submissionId: z.string('field_invalid').refine((id): id is SubmissionId => isUuid(id), 'field_invalid'),
	revisionSeen: z.coerce.number('field_invalid').int('field_invalid').min(0, 'field_invalid'),
	status: z.enum(RESPONSE_STATUSES, 'status_missing'),
	...texts,
});

export const TEXT_FIELDS = Object.keys(texts) as readonly (keyof typeof texts)[];

/** What the domain found wrong, at the fields where it is to be mended. */
export function errorsOf(faults: readonly ResponseFault[]): FormErrors {
	return Object.fromEntries(
		faults.map((fault) => [
			fault.field,
			{ code: fault.code, ...('excess' in fault ? { detail: fault.excess } : {}) },
		]),
	);
}
