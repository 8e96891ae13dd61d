import type { Generated } from 'kysely';
import type {
	AccountId,
	CityId,
	CodeBatchId,
	CounterVisitId,
	DistrictId,
	InvitationId,
	PasskeyId,
	PersonId,
	ResidentsImportId,
	SessionId,
} from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Browser, System } from '#lib/domain/identity/device.ts';
import type { ListRefusalCode, RowFaultCode } from '#lib/domain/identity/residents-list.ts';
import type { AgeBand, ResidencyMethod, StaffRole } from '#lib/domain/identity/words.ts';

/** What a link from a mail does. */
export type TokenPurpose = 'confirm_email' | 'reset_password' | 'change_email' | 'undo_email_change';

export type IdentityTables = {
	account: {
		id: AccountId;
		email: string;
		email_key: string;
		password_hash: string;
		display_name: string;
		language: Language;
		created_at: Generated<Instant>;
		email_confirmed_at: Instant | null;
		consented_at: Instant | null;
		consent_version: string | null;
	};
	session: {
		id_hash: Uint8Array;
		account_id: AccountId;
		created_at: Generated<Instant>;
		id: Generated<SessionId>;
		last_used_at: Generated<Instant>;
		browser: Generated<Browser>;
		system: Generated<System>;
		second_factor_at: Instant | null;
	};
	one_time_token: {
		token_hash: Uint8Array;
		account_id: AccountId;
		purpose: TokenPurpose;
		email: string | null;
		email_key: string | null;
		expires_at: Instant;
		used_at: Instant | null;
	};
	totp: {
		account_id: AccountId;
		sealed_secret: Uint8Array;
		begun_at: Generated<Instant>;
		confirmed_at: Instant | null;
		last_step: Generated<bigint>;
	};
	recovery_code: { account_id: AccountId; code_hash: Uint8Array; used_at: Instant | null };
	passkey: {
		credential_id: Uint8Array;
		id: PasskeyId;
		account_id: AccountId;
		public_key: Uint8Array;
		counter: bigint;
		name: string;
		added_at: Generated<Instant>;
		last_used_at: Instant | null;
	};
	passkey_challenge: {
		challenge_hash: Uint8Array;
		purpose: 'add' | 'sign_in';
		account_id: AccountId | null;
		expires_at: Instant;
	};
	half_sign_in: { token_hash: Uint8Array; account_id: AccountId; expires_at: Instant };
	role_grant: {
		account_id: AccountId;
		role: StaffRole;
		city_id: CityId | null;
		granted_at: Generated<Instant>;
	};
	invitation: {
		id: InvitationId;
		token_hash: Uint8Array;
		email: string;
		email_key: string;
		role: StaffRole;
		city_id: CityId | null;
		invited_by: AccountId | null;
		invited_at: Generated<Instant>;
		expires_at: Instant;
		accepted_at: Instant | null;
		accepted_by: AccountId | null;
		withdrawn_at: Instant | null;
	};
	city_setting: {
		city_id: CityId;
		residency_methods: ResidencyMethod[];
		changed_at: Generated<Instant>;
		anonymous_codes: Generated<boolean>;
	};
	person: { city_id: CityId; id: PersonId; person_key: Uint8Array; district_id: DistrictId | null };
	person_home: {
		identity_key: Uint8Array;
		city_id: CityId;
		person_id: PersonId;
		moved_at: Instant | null;
	};
	residency_code: {
		city_id: CityId;
		code_hash: Uint8Array;
		person_key: Uint8Array;
		identity_key: Uint8Array | null;
		district_id: DistrictId | null;
		expires_at: Instant;
		used_at: Instant | null;
		used_by: AccountId | null;
		batch_id: CodeBatchId | null;
	};
	residency_code_batch: {
		city_id: CityId;
		id: CodeBatchId;
		is_anonymous: boolean;
		size: number;
		asked_by: AccountId | null;
		asked_at: Generated<Instant>;
		released_by: AccountId | null;
		released_at: Instant | null;
		release_hash: Uint8Array | null;
		expires_at: Instant | null;
		withdrawn_by: AccountId | null;
		withdrawn_at: Instant | null;
	};
	residency_code_receiver: {
		city_id: CityId;
		batch_id: CodeBatchId;
		position: number;
		person_key: Uint8Array;
		identity_key: Uint8Array;
		masked_iin: string;
	};
	counter_visit: {
		city_id: CityId;
		id: CounterVisitId;
		account_id: AccountId;
		code_hash: Uint8Array;
		age_band: AgeBand | null;
		is_moving: boolean;
		expires_at: Instant;
		person_key: Uint8Array | null;
		identity_key: Uint8Array | null;
		masked_iin: string | null;
		entered_by: AccountId | null;
		entered_at: Instant | null;
		confirmed_by: AccountId | null;
		confirmed_at: Instant | null;
	};
	residency: {
		city_id: CityId;
		account_id: AccountId;
		person_id: PersonId;
		method: ResidencyMethod;
		age_band: AgeBand | null;
		verified_at: Generated<Instant>;
		ended_at: Instant | null;
		unlisted_at: Instant | null;
	};
	residents_import: {
		city_id: CityId;
		id: ResidentsImportId;
		imported_by: AccountId | null;
		imported_at: Generated<Instant>;
		file_sha256: Uint8Array;
		skip_faults: boolean;
		allow_shorter: boolean;
		refusal: ListRefusalCode | null;
		refusal_line: number | null;
		row_count: number;
		fault_count: number;
		unusual_count: number;
		added_count: number;
		changed_count: number;
		removed_count: number;
	};
	residents_import_fault: {
		city_id: CityId;
		import_id: ResidentsImportId;
		line: number;
		code: RowFaultCode;
		earlier_line: number | null;
		masked_iin: string;
	};
	listed_person: {
		city_id: CityId;
		person_key: Uint8Array;
		district_id: DistrictId | null;
		import_id: ResidentsImportId;
	};
	demonstration: { is_on: Generated<boolean>; seed: number; started_at: Generated<Instant> };
	demonstration_browser: { account_id: AccountId; browser_hash: Uint8Array };
};
