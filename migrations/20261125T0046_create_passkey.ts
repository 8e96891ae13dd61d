import { sql, type Kysely } from 'kysely';

const BEFORE = `'confirm_email', 'address_taken', 'response_published', 'reset_password', 'no_account', 'password_changed',
	'confirm_new_email', 'email_changed', 'account_deleted', 'staff_invitation', 'second_factor_on', 'second_factor_off',
	'second_factor_reset'`;

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table passkey (
			credential_id bytea not null,
			id uuid not null,
			account_id uuid not null,
			public_key bytea not null,
			counter int8 not null,
			name text not null,
			added_at timestamptz(3) not null default clock_timestamp(),
			last_used_at timestamptz(3),
			constraint passkey_pkey primary key (credential_id),
			constraint passkey_id_once unique (id),
			constraint passkey_account_id_fkey foreign key (account_id) references account (id) on delete cascade
		)`.execute(db);
	await sql`create index passkey_account_id_idx on passkey (account_id)`.execute(db);
	await sql`comment on column passkey.counter is
		'how often the device says it has signed; one that goes back is a copy, and refused. Many devices always say 0'`.execute(
		db,
	);
	await sql`
		create table passkey_challenge (
			challenge_hash bytea not null,
			purpose text not null,
			account_id uuid,
			expires_at timestamptz(3) not null,
			constraint passkey_challenge_pkey primary key (challenge_hash),
			constraint passkey_challenge_purpose_known check (purpose in ('add', 'sign_in')),
			constraint passkey_challenge_account_where_known check ((purpose = 'add') = (account_id is not null)),
			constraint passkey_challenge_account_id_fkey
				foreign key (account_id) references account (id) on delete cascade
		)`.execute(db);
	await sql`create index passkey_challenge_account_id_idx on passkey_challenge (account_id)`.execute(db);
	await sql`comment on table passkey_challenge is 'what a device has to sign: once, within five minutes'`.execute(
		db,
	);
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (${sql.raw(BEFORE)}, 'passkey_added'))`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`delete from mail where kind = 'passkey_added'`.execute(db);
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (${sql.raw(BEFORE)}))`.execute(db);
	await sql`drop table passkey_challenge, passkey`.execute(db);
}
