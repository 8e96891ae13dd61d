import type { JSONColumnType } from 'kysely';
import type { AuditAction } from '#lib/domain/access/audit-actions.ts';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { AuditDetails } from '#lib/domain/proof/audit-chain.ts';

export type AuditTables = {
	audit_entry: {
		number: number;
		happened_at: Instant;
		actor_id: AccountId | null;
		city_id: CityId | null;
		action: AuditAction;
		subject_kind: string;
		subject_id: string;
		details_hash: Uint8Array;
		previous_hash: Uint8Array | null;
		hash: Uint8Array;
	};
	audit_detail: { entry_number: number; salt: Uint8Array; details: JSONColumnType<AuditDetails> };
};
