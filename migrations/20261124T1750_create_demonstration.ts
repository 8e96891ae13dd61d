import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table demonstration (
			is_on boolean not null default true,
			seed integer not null,
			started_at timestamptz(3) not null default clock_timestamp(),
			constraint demonstration_one_row primary key (is_on),
			constraint demonstration_is_on check (is_on)
		)`.execute(db);
	await sql`comment on table demonstration is
		'a row here marks every page and export: residents, comments, ballots and answers are simulated'`.execute(db);
	await sql`
		create table demonstration_browser (
			account_id uuid not null,
			browser_hash bytea not null,
			constraint demonstration_browser_pkey primary key (account_id),
			constraint demonstration_browser_account_fkey foreign key (account_id) references account on delete cascade
		)`.execute(db);
	await sql`comment on table demonstration_browser is
		'which browser registered an account, so that the outbox page shows it its own mails only'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table demonstration_browser, demonstration`.execute(db);
}
