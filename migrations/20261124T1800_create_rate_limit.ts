import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	// Unlogged: counts of the last hour may be lost with a crash, and are not worth a place in the write-ahead log.
	await sql`
		create unlogged table rate_limit (
			key_hash bytea not null,
			attempts integer not null,
			window_ends_at timestamptz(3) not null,
			constraint rate_limit_pkey primary key (key_hash)
		)`.execute(db);
	await sql`comment on column rate_limit.key_hash is
		'HMAC-SHA-256 of what is limited (an account, a network address): the table names nobody'`.execute(db);
	await sql`create index rate_limit_window_ends_at_idx on rate_limit (window_ends_at)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table rate_limit`.execute(db);
}
