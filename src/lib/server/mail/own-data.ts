import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Reader } from '../capabilities.ts';

const LIST_MAX = 10_000;

/** The mails to an account that are still kept, without the links in them. */
export function listOwnMail(reader: Reader, accountId: AccountId) {
	return reader
		.selectFrom('mail')
		.where('account_id', '=', accountId)
		.select(['kind', 'address', 'parameters', 'queued_at as queuedAt', 'sent_at as sentAt'])
		.orderBy('queued_at')
		.orderBy('id')
		.limit(LIST_MAX)
		.execute();
}
