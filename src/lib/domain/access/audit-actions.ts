/**
 * Every act of staff that the audit log knows. A new one is a line here and a sentence in i18n/audit-words.ts; the name
 * of an act that was ever recorded is never changed or taken out, because its entries stand.
 */
export const AUDIT_ACTIONS = [
	'response.publish',
	'consultation.create',
	'residency_code.ask',
	'residency_code.issue',
	'residency_code.withdraw',
	'counter.enter',
	'counter.confirm',
	'counter.cancel',
	'residents.import',
	'role.grant',
	'role.revoke',
	'city.configure',
	'invitation.create',
	'invitation.withdraw',
	'invitation.accept',
	'second_factor.reset',
	'audit.erase',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];
