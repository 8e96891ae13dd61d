import { AUDIT_ACTIONS, type AuditAction } from '#lib/domain/access/audit-actions.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { readCivilDate, type CivilDate } from '#lib/domain/base/time.ts';

/** What an address of the log asks for. A day that is none comes back as it was typed, and shows all days. */
export type AuditQuery = {
	readonly action: AuditAction | null;
	readonly day: CivilDate | null;
	readonly askedDay: string;
	readonly before: number | null;
};

const NUMBER = /^[1-9]\d{0,8}$/;

/** A form that leaves a choice open sends an empty text. What no form and no link of ours sends is refused. */
export function readAuditQuery(
	search: URLSearchParams,
): Result<AuditQuery, { readonly code: 'audit_query_invalid' }> {
	const asked = (name: string) => search.get(name) ?? '';
	const action = AUDIT_ACTIONS.find((known) => known === asked('action')) ?? null;
	if (action === null && asked('action') !== '') return refused({ code: 'audit_query_invalid' });
	if (asked('before') !== '' && !NUMBER.test(asked('before')))
		return refused({ code: 'audit_query_invalid' });
	return ok({
		action,
		day: readCivilDate(asked('day')),
		askedDay: asked('day'),
		before: asked('before') === '' ? null : Number(asked('before')),
	});
}
