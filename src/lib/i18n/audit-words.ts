import type { AuditAction } from '#lib/domain/access/audit-actions.ts';
import { m } from '#lib/paraglide/messages.js';

/** Each act as a sentence without its actor and without a full stop; it also names the act in the filter. */
const ACTS: Readonly<Record<AuditAction, () => string>> = {
	'response.publish': () => m.audit_act_response_publish(),
	'consultation.create': () => m.audit_act_consultation_create(),
	'residency_code.ask': () => m.audit_act_residency_code_ask(),
	'residency_code.issue': () => m.audit_act_residency_code_issue(),
	'residency_code.withdraw': () => m.audit_act_residency_code_withdraw(),
	'counter.enter': () => m.audit_act_counter_enter(),
	'counter.confirm': () => m.audit_act_counter_confirm(),
	'counter.cancel': () => m.audit_act_counter_cancel(),
	'residents.import': () => m.audit_act_residents_import(),
	'role.grant': () => m.audit_act_role_grant(),
	'role.revoke': () => m.audit_act_role_revoke(),
	'city.configure': () => m.audit_act_city_configure(),
	'invitation.create': () => m.audit_act_invitation_create(),
	'invitation.withdraw': () => m.audit_act_invitation_withdraw(),
	'invitation.accept': () => m.audit_act_invitation_accept(),
	'second_factor.reset': () => m.audit_act_second_factor_reset(),
	'audit.erase': () => m.audit_act_audit_erase(),
};

export function auditActName(action: AuditAction): string {
	return ACTS[action]();
}
