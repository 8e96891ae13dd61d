import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table residents_import (
			city_id text not null,
			id uuid not null,
			imported_by uuid,
			imported_at timestamptz(3) not null default clock_timestamp(),
			file_sha256 bytea not null,
			skip_faults boolean not null,
			allow_shorter boolean not null,
			refusal text,
			refusal_line integer,
			row_count integer not null,
			fault_count integer not null,
			unusual_count integer not null,
			added_count integer not null,
			changed_count integer not null,
			removed_count integer not null,
			constraint residents_import_pkey primary key (city_id, id),
			constraint residents_import_city_fkey foreign key (city_id) references city,
			constraint residents_import_imported_by_fkey foreign key (imported_by) references account on delete set null,
			constraint residents_import_refused_changed_nothing
				check (refusal is null or (added_count = 0 and changed_count = 0 and removed_count = 0))
		)`.execute(db);
	await sql`create index residents_import_imported_by_idx on residents_import (imported_by)`.execute(db);
	await sql`create index residents_import_latest_idx on residents_import (city_id, imported_at desc, id)`.execute(
		db,
	);
	await sql`comment on table residents_import is
		'the protocol of lists of residents: who, when, how many rows, which file by its hash; the file is not kept'`.execute(
		db,
	);
	await sql`
		create table residents_import_fault (
			city_id text not null,
			import_id uuid not null,
			line integer not null,
			code text not null,
			earlier_line integer,
			masked_iin text not null,
			constraint residents_import_fault_pkey primary key (city_id, import_id, line),
			constraint residents_import_fault_import_fkey
				foreign key (city_id, import_id) references residents_import on delete cascade
		)`.execute(db);
	await sql`comment on column residents_import_fault.masked_iin is
		'the last four digits at most: enough to find the row, too little to know the person'`.execute(db);

	// No foreign keys: a million rows arrive at once, and each key would look its row up for each of them. One function
	// writes here; it takes districts from the city's own and the import from the transaction it runs in.
	await sql`
		create table listed_person (
			city_id text not null,
			person_key bytea not null,
			district_id text,
			import_id uuid not null,
			constraint listed_person_pkey primary key (city_id, person_key)
		)`.execute(db);
	await sql`comment on table listed_person is
		'whom the akimat lists as residents, by HMAC-SHA-256 under a key kept outside the database'`.execute(db);
	await sql`comment on column listed_person.import_id is 'which list brought the row as it is'`.execute(db);

	await sql`alter table residency add column unlisted_at timestamptz(3)`.execute(db);
	await sql`comment on column residency.unlisted_at is
		'since when the person is missing from the list that named them before; the residency ends some time after'`.execute(
		db,
	);
	await sql`create index residency_unlisted_idx on residency (city_id, unlisted_at)
		where unlisted_at is not null and ended_at is null`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop index residency_unlisted_idx`.execute(db);
	await sql`alter table residency drop column unlisted_at`.execute(db);
	await sql`drop table listed_person, residents_import_fault, residents_import`.execute(db);
}
