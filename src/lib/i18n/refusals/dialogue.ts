import type { DialogueRefusalCode } from '#lib/domain/dialogue/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RefusalTexts } from './texts.ts';

export const dialogueRefusals: RefusalTexts<DialogueRefusalCode> = {
	text_empty: () => m.refusal_text_empty(),
	text_too_long: (excess) => m.refusal_text_too_long({ excess }),
	text_marks: () => m.refusal_text_marks(),
	comment_form_used: () => m.refusal_comment_form_used(),
	comment_sign_in_needed: () => m.refusal_comment_sign_in_needed(),
	comment_email_unconfirmed: () => m.refusal_comment_email_unconfirmed(),
	comment_consent_outdated: () => m.refusal_comment_consent_outdated(),
	status_missing: () => m.refusal_status_missing(),
	status_cannot_follow: () => m.refusal_status_cannot_follow(),
	body_kk_missing: () => m.refusal_body_kk_missing(),
	body_ru_missing: () => m.refusal_body_ru_missing(),
	legal_basis_kk_missing: () => m.refusal_legal_basis_kk_missing(),
	legal_basis_ru_missing: () => m.refusal_legal_basis_ru_missing(),
	complaint_kk_missing: () => m.refusal_complaint_kk_missing(),
	complaint_ru_missing: () => m.refusal_complaint_ru_missing(),
	response_changed_meanwhile: () => m.refusal_response_changed_meanwhile(),
	response_unchanged: () => m.refusal_response_unchanged(),
};
