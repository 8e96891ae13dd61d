import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table mail (
			id uuid not null,
			account_id uuid not null,
			kind text not null,
			parameters jsonb not null,
			queued_at timestamptz(3) not null default clock_timestamp(),
			due_at timestamptz(3) not null default clock_timestamp(),
			attempts smallint not null default 0,
			sent_at timestamptz(3),
			last_error text,
			constraint mail_pkey primary key (id),
			constraint mail_account_fkey foreign key (account_id) references account on delete cascade,
			constraint mail_kind_known check (kind in ('confirm_email', 'address_taken', 'response_published'))
		)`.execute(db);
	await sql`comment on table mail is 'the outbox: queued with the change that causes it, rendered when sent'`.execute(
		db,
	);
	await sql`comment on column mail.due_at is
		'not to be sent before; whoever takes a mail first puts this off, so that nobody else takes it meanwhile'`.execute(
		db,
	);
	await sql`create index mail_waiting_idx on mail (due_at) where sent_at is null`.execute(db);
	await sql`create index mail_account_id_idx on mail (account_id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table mail`.execute(db);
}
