import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Reader } from '../capabilities.ts';

/** The acts of staff that the audit log holds under this account. Their details are the city's, and not in this list. */
export function listOwnActs(reader: Reader, accountId: AccountId) {
	return reader
		.selectFrom('audit_entry')
		.where('actor_id', '=', accountId)
		.select(['number', 'happened_at as happenedAt', 'city_id as city', 'action'])
		.select(['subject_kind as subjectKind', 'subject_id as subject'])
		.orderBy('number')
		.limit(10_000)
		.execute();
}
