import { sql, type Kysely } from 'kysely';

/** A second way to prove who one is: codes of an app, codes on paper, and the step of signing in that asks for them. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table totp (
			account_id uuid not null,
			sealed_secret bytea not null,
			begun_at timestamptz(3) not null default clock_timestamp(),
			confirmed_at timestamptz(3),
			last_step int8 not null default 0,
			constraint totp_pkey primary key (account_id),
			constraint totp_account_id_fkey foreign key (account_id) references account (id) on delete cascade
		)`.execute(db);
	await sql`comment on column totp.sealed_secret is 'under a key of the environment: a copy of the table makes no codes'`.execute(
		db,
	);
	await sql`comment on column totp.confirmed_at is 'null: the app has not shown yet that it has the secret'`.execute(
		db,
	);
	await sql`comment on column totp.last_step is 'the newest half minute whose code was used; it and those before are over'`.execute(
		db,
	);
	await sql`
		create table recovery_code (
			account_id uuid not null,
			code_hash bytea not null,
			used_at timestamptz(3),
			constraint recovery_code_pkey primary key (account_id, code_hash),
			constraint recovery_code_account_id_fkey foreign key (account_id) references account (id) on delete cascade
		)`.execute(db);
	await sql`
		create table half_sign_in (
			token_hash bytea not null,
			account_id uuid not null,
			expires_at timestamptz(3) not null,
			constraint half_sign_in_pkey primary key (token_hash),
			constraint half_sign_in_account_id_fkey foreign key (account_id) references account (id) on delete cascade
		)`.execute(db);
	await sql`create index half_sign_in_account_id_idx on half_sign_in (account_id)`.execute(db);
	await sql`comment on table half_sign_in is 'the password was right, the second factor is still to come: no session yet'`.execute(
		db,
	);
	await sql`alter table session add column second_factor_at timestamptz(3)`.execute(db);
	await sql`comment on column session.second_factor_at is 'null: signed in by the password alone'`.execute(
		db,
	);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`alter table session drop column second_factor_at`.execute(db);
	await sql`drop table half_sign_in`.execute(db);
	await sql`drop table recovery_code`.execute(db);
	await sql`drop table totp`.execute(db);
}
