import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table account (
			id uuid not null,
			email text not null,
			email_key text not null,
			password_hash text not null,
			display_name text not null,
			language text not null,
			created_at timestamptz(3) not null default clock_timestamp(),
			email_confirmed_at timestamptz(3),
			consented_at timestamptz(3),
			consent_version text,
			constraint account_pkey primary key (id),
			constraint account_consent_whole check ((consented_at is null) = (consent_version is null)),
			constraint account_email_key_once unique (email_key),
			constraint account_language_known check (language in ('kk', 'ru', 'en'))
		)`.execute(db);
	await sql`comment on column account.email_key is 'the address trimmed, NFC, lower case: one account per address'`.execute(
		db,
	);
	await sql`comment on column account.consent_version is
		'which text about personal data was agreed to, so that the consent can be proved; none for simulated accounts'`.execute(
		db,
	);
	await sql`
		create table session (
			id_hash bytea not null,
			account_id uuid not null,
			expires_at timestamptz(3) not null,
			created_at timestamptz(3) not null default clock_timestamp(),
			constraint session_pkey primary key (id_hash),
			constraint session_account_fkey foreign key (account_id) references account on delete cascade
		)`.execute(db);
	await sql`create index session_account_id_idx on session (account_id)`.execute(db);
	await sql`
		create table one_time_token (
			token_hash bytea not null,
			account_id uuid not null,
			purpose text not null,
			expires_at timestamptz(3) not null,
			used_at timestamptz(3),
			constraint one_time_token_pkey primary key (token_hash),
			constraint one_time_token_account_fkey foreign key (account_id) references account on delete cascade,
			constraint one_time_token_purpose_known check (purpose in ('confirm_email'))
		)`.execute(db);
	await sql`create index one_time_token_account_id_idx on one_time_token (account_id)`.execute(db);
	await sql`
		create table role_grant (
			account_id uuid not null,
			role text not null,
			city_id text,
			granted_at timestamptz(3) not null default clock_timestamp(),
			constraint role_grant_once unique nulls not distinct (account_id, role, city_id),
			constraint role_grant_account_fkey foreign key (account_id) references account on delete cascade,
			constraint role_grant_city_fkey foreign key (city_id) references city,
			constraint role_grant_role_known check (role in ('official', 'moderator', 'analyst', 'administrator')),
			constraint role_grant_city_where_needed check ((role in ('official', 'moderator')) = (city_id is not null))
		)`.execute(db);
	await sql`
		create table person (
			city_id text not null,
			id uuid not null,
			person_key bytea not null,
			district_id text,
			constraint person_pkey primary key (city_id, id),
			constraint person_key_once unique (city_id, person_key),
			constraint person_city_fkey foreign key (city_id) references city,
			constraint person_district_fkey foreign key (city_id, district_id) references district
		)`.execute(db);
	await sql`comment on column person.person_key is
		'HMAC-SHA-256, under a key kept outside the database, of what the residency method proves'`.execute(db);
	await sql`
		create table residency_code (
			city_id text not null,
			code_hash bytea not null,
			person_key bytea not null,
			district_id text,
			expires_at timestamptz(3) not null,
			used_at timestamptz(3),
			used_by uuid,
			constraint residency_code_pkey primary key (city_id, code_hash),
			constraint residency_code_city_fkey foreign key (city_id) references city,
			constraint residency_code_district_fkey foreign key (city_id, district_id) references district,
			constraint residency_code_used_by_fkey foreign key (used_by) references account on delete set null
		)`.execute(db);
	await sql`comment on column residency_code.code_hash is
		'HMAC-SHA-256 under a key kept outside the database: a code is too short for a plain hash'`.execute(db);
	await sql`create index residency_code_person_key_idx on residency_code (city_id, person_key)`.execute(db);
	await sql`
		create table residency (
			city_id text not null,
			account_id uuid not null,
			person_id uuid not null,
			method text not null,
			age_band text,
			verified_at timestamptz(3) not null default clock_timestamp(),
			ended_at timestamptz(3),
			constraint residency_pkey primary key (city_id, account_id, person_id),
			constraint residency_account_fkey foreign key (account_id) references account on delete cascade,
			constraint residency_person_fkey foreign key (city_id, person_id) references person,
			constraint residency_method_known check (method in ('code')),
			constraint residency_age_band_known check (age_band in ('18-29', '30-44', '45-59', '60+'))
		)`.execute(db);
	await sql`create unique index residency_one_city_per_account on residency (account_id) where ended_at is null`.execute(
		db,
	);
	await sql`create index residency_person_idx on residency (city_id, person_id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table residency, residency_code, person, role_grant, one_time_token, session, account`.execute(
		db,
	);
}
