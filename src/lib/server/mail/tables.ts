import type { Generated, JSONColumnType } from 'kysely';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { MailKind } from './mail-message.ts';

export type MailTables = {
	mail: {
		id: MailId;
		account_id: AccountId | null;
		address: string | null;
		language: Language | null;
		kind: MailKind;
		parameters: JSONColumnType<object>;
		queued_at: Generated<Instant>;
		due_at: Generated<Instant>;
		attempts: Generated<number>;
		sent_at: Instant | null;
		last_error: string | null;
	};
};
