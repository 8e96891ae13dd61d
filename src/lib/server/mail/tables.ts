import type { Generated, JSONColumnType } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';

export type MailKind = 'confirm_email' | 'address_taken' | 'response_published';

export type MailTables = {
	mail: {
		id: string;
		account_id: AccountId;
		kind: MailKind;
		parameters: JSONColumnType<Record<string, string>>;
		queued_at: Generated<Instant>;
		claimed_at: Instant | null;
		sent_at: Instant | null;
		attempts: Generated<number>;
		last_error: string | null;
	};
};
