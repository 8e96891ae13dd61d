import { DISPLAY_NAME_LENGTH_MAX, DISPLAY_NAME_LENGTH_MIN } from '#lib/domain/identity/display-name.ts';
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '#lib/domain/identity/password-length.ts';
import type { IdentityRefusalCode } from '#lib/domain/identity/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import type { RefusalTexts } from './texts.ts';

export const identityRefusals: RefusalTexts<IdentityRefusalCode> = {
	email_missing: () => m.refusal_email_missing(),
	email_invalid: () => m.refusal_email_invalid(),
	email_not_latin: () => m.refusal_email_not_latin(),
	password_missing: () => m.refusal_password_missing(),
	password_too_short: () => m.refusal_password_too_short({ min: PASSWORD_LENGTH_MIN }),
	password_too_long: () => m.refusal_password_too_long({ max: PASSWORD_LENGTH_MAX }),
	password_characters: () => m.refusal_password_characters(),
	password_common: () => m.refusal_password_common(),
	password_wrong: () => m.refusal_password_wrong(),
	registration_password_wrong: () => m.refusal_registration_password_wrong(),
	display_name_missing: () => m.refusal_display_name_missing(),
	display_name_too_short: () => m.refusal_display_name_too_short({ min: DISPLAY_NAME_LENGTH_MIN }),
	display_name_too_long: () => m.refusal_display_name_too_long({ max: DISPLAY_NAME_LENGTH_MAX }),
	display_name_characters: () => m.refusal_display_name_characters(),
	consent_missing: () => m.refusal_consent_missing(),
	session_unknown: () => m.refusal_session_unknown(),
	sign_in_refused: () => m.refusal_sign_in_refused(),
	link_not_valid: () => m.refusal_link_not_valid(),
	residency_code_missing: () => m.refusal_residency_code_missing(),
	residency_code_incomplete: () => m.refusal_residency_code_incomplete(),
	residency_code_mistyped: () => m.refusal_residency_code_mistyped(),
	residency_code_unknown: () => m.refusal_residency_code_unknown(),
	residency_code_used: () => m.refusal_residency_code_used(),
	residency_code_expired: () => m.refusal_residency_code_expired(),
	residency_exists: () => m.refusal_residency_exists(),
	city_missing: () => m.refusal_city_missing(),
	age_band_unknown: () => m.refusal_age_band_unknown(),
};
