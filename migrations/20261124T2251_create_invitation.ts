import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table invitation (
			id uuid not null,
			token_hash bytea not null,
			email text not null,
			email_key text not null,
			role text not null,
			city_id text,
			invited_by uuid,
			invited_at timestamptz(3) not null default clock_timestamp(),
			expires_at timestamptz(3) not null,
			accepted_at timestamptz(3),
			accepted_by uuid,
			withdrawn_at timestamptz(3),
			constraint invitation_pkey primary key (id),
			constraint invitation_token_hash_once unique (token_hash),
			constraint invitation_city_fkey foreign key (city_id) references city,
			constraint invitation_invited_by_fkey foreign key (invited_by) references account on delete set null,
			constraint invitation_accepted_by_fkey foreign key (accepted_by) references account on delete set null,
			constraint invitation_role_known check (role in ('official', 'moderator', 'analyst', 'administrator')),
			constraint invitation_city_where_needed
				check ((role in ('official', 'moderator')) = (city_id is not null)),
			constraint invitation_ends_once check (accepted_at is null or withdrawn_at is null),
			constraint invitation_accepted_whole check (accepted_by is null or accepted_at is not null)
		)`.execute(db);
	await sql`comment on table invitation is
		'a role is given to whoever reads the mail of this address and takes it, once'`.execute(db);
	await sql`comment on column invitation.invited_by is 'null: the operator, by a command on the server'`.execute(
		db,
	);
	await sql`create index invitation_city_idx on invitation (city_id, invited_at)`.execute(db);
	await sql`create index invitation_invited_by_idx on invitation (invited_by)`.execute(db);
	await sql`create index invitation_accepted_by_idx on invitation (accepted_by)`.execute(db);
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (
				'confirm_email', 'address_taken', 'response_published', 'reset_password', 'no_account', 'password_changed',
				'confirm_new_email', 'email_changed', 'account_deleted', 'staff_invitation'))`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`delete from mail where kind = 'staff_invitation'`.execute(db);
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (
				'confirm_email', 'address_taken', 'response_published', 'reset_password', 'no_account', 'password_changed',
				'confirm_new_email', 'email_changed', 'account_deleted'))`.execute(db);
	await sql`drop table invitation`.execute(db);
}
