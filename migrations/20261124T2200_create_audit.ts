import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	// No foreign key to the account: an entry outlives the account of whoever acted, unchanged.
	await sql`
		create table audit_entry (
			number integer not null,
			happened_at timestamptz(3) not null,
			actor_id uuid,
			city_id text,
			action text not null,
			subject_kind text not null,
			subject_id text not null,
			details_hash bytea not null,
			previous_hash bytea,
			hash bytea not null,
			constraint audit_entry_pkey primary key (number),
			constraint audit_entry_city_fkey foreign key (city_id) references city,
			constraint audit_entry_happened_at_finite check (isfinite(happened_at)),
			constraint audit_entry_number_from_one check (number >= 1),
			constraint audit_entry_first_has_none_before check ((number = 1) = (previous_hash is null)),
			constraint audit_entry_action_named check (action ~ '^[a-z_]+[.][a-z_]+$'),
			constraint audit_entry_hashes_whole check (octet_length(details_hash) = 32
				and octet_length(hash) = 32 and octet_length(coalesce(previous_hash, hash)) = 32)
		)`.execute(db);
	await sql`comment on table audit_entry is
		'every act of staff, numbered without gaps; each hash covers the one before it (docs/proof.md)'`.execute(db);
	await sql`comment on column audit_entry.actor_id is 'null: a command of the operator, on the server itself'`.execute(
		db,
	);
	await sql`create index audit_entry_city_idx on audit_entry (city_id, number desc)`.execute(db);
	await sql`create index audit_entry_action_idx on audit_entry (action, number desc)`.execute(db);
	await sql`create index audit_entry_happened_at_idx on audit_entry (happened_at)`.execute(db);
	await sql`
		create table audit_detail (
			entry_number integer not null,
			salt bytea not null,
			details jsonb not null,
			constraint audit_detail_pkey primary key (entry_number),
			constraint audit_detail_entry_fkey foreign key (entry_number) references audit_entry,
			constraint audit_detail_salt_long check (octet_length(salt) = 32)
		)`.execute(db);
	await sql`comment on table audit_detail is
		'what was before and after an act; the owner may erase it, and the chain stands without it'`.execute(db);

	await sql`
		create function refuse_rewriting() returns trigger
		language plpgsql
		as $body$
		begin
			raise exception 'the audit log is only added to' using errcode = 'OB002';
		end
		$body$`.execute(db);
	await sql`create trigger audit_entry_stands before update or delete on audit_entry
		for each row execute function refuse_rewriting()`.execute(db);
	await sql`create trigger audit_entry_is_not_emptied before truncate on audit_entry
		for each statement execute function refuse_rewriting()`.execute(db);
	// A row may be deleted, which only the owner is granted: `npm run audit:erase`.
	await sql`create trigger audit_detail_stands before update on audit_detail
		for each row execute function refuse_rewriting()`.execute(db);
	await sql`create trigger audit_detail_is_not_emptied before truncate on audit_detail
		for each statement execute function refuse_rewriting()`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table audit_detail, audit_entry`.execute(db);
	await sql`drop function refuse_rewriting`.execute(db);
}
