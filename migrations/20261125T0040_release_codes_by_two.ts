import { sql, type Kysely } from 'kysely';

/** One-time codes are asked for by one official and released by another, and a city's codes are of one kind. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await createBatches(db);
	await holdTwoOfficials(db);
	await holdOneKind(db);
}

async function createBatches(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table residency_code_batch (
			city_id text not null,
			id uuid not null,
			is_anonymous boolean not null,
			size integer not null,
			asked_by uuid,
			asked_at timestamptz(3) not null default clock_timestamp(),
			released_by uuid,
			released_at timestamptz(3),
			release_hash bytea,
			expires_at timestamptz(3),
			withdrawn_by uuid,
			withdrawn_at timestamptz(3),
			constraint residency_code_batch_pkey primary key (city_id, id),
			constraint residency_code_batch_city_fkey foreign key (city_id) references city,
			constraint residency_code_batch_asked_by_fkey foreign key (asked_by) references account on delete set null,
			constraint residency_code_batch_released_by_fkey
				foreign key (released_by) references account on delete set null,
			constraint residency_code_batch_withdrawn_by_fkey
				foreign key (withdrawn_by) references account on delete set null,
			constraint residency_code_batch_some_codes check (size > 0),
			constraint residency_code_batch_two_officials check (released_by <> asked_by),
			constraint residency_code_batch_released_whole check ((released_at is null) = (expires_at is null)
				and (released_at is null) = (release_hash is null) and (released_at is not null or released_by is null))
		)`.execute(db);
	await sql`comment on column residency_code_batch.release_hash is
		'of the form that released it: the same form sent again gets the same codes for some minutes, no other does'`.execute(
		db,
	);
	await sql`create index residency_code_batch_latest_idx on residency_code_batch (city_id, asked_at desc, id)`.execute(
		db,
	);
	await sql`create index residency_code_batch_asked_by_idx on residency_code_batch (asked_by)`.execute(db);
	await sql`create index residency_code_batch_released_by_idx on residency_code_batch (released_by)`.execute(
		db,
	);
	await sql`create index residency_code_batch_withdrawn_by_idx on residency_code_batch (withdrawn_by)`.execute(
		db,
	);
	await sql`
		create table residency_code_receiver (
			city_id text not null,
			batch_id uuid not null,
			position integer not null,
			person_key bytea not null,
			identity_key bytea not null,
			masked_iin text not null,
			constraint residency_code_receiver_pkey primary key (city_id, batch_id, position),
			constraint residency_code_receiver_once unique (city_id, batch_id, person_key),
			constraint residency_code_receiver_batch_fkey
				foreign key (city_id, batch_id) references residency_code_batch on delete cascade
		)`.execute(db);
	await sql`comment on table residency_code_receiver is
		'to whom codes are to go, until they have been printed; by keyed hashes and the last four digits'`.execute(
		db,
	);

	await sql`alter table residency_code
		add column batch_id uuid,
		add constraint residency_code_batch_fkey
			foreign key (city_id, batch_id) references residency_code_batch`.execute(db);
	await sql`comment on column residency_code.batch_id is 'null: handed out by the operator, by a command'`.execute(
		db,
	);
	await sql`create index residency_code_batch_idx on residency_code (city_id, batch_id)`.execute(db);
}

/** Whoever asks is never who releases, and both are officials of the city when it happens. */
async function holdTwoOfficials(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function refuse_lone_release() returns trigger
		language plpgsql
		as $body$
		begin
			if tg_op = 'UPDATE' and new.asked_by is distinct from old.asked_by and new.asked_by is not null then
				raise exception 'who asked for codes stays who asked' using errcode = 'OB240';
			end if;
			if new.released_at is not null and (tg_op = 'INSERT' or old.released_at is null) and (
				select count(*) from role_grant
					where role = 'official' and city_id = new.city_id
						and account_id in (new.asked_by, new.released_by)
			) <> 2 then
				raise exception 'codes need two officials' using errcode = 'OB240';
			end if;
			return new;
		end
		$body$`.execute(db);
	await sql`create trigger residency_code_batch_by_two before insert or update on residency_code_batch
		for each row execute function refuse_lone_release()`.execute(db);
}

/**
 * An anonymous code makes a person of its own. Beside any other way somebody would be two persons, so it is the only way
 * of its city, and a change of kind ends what was proved by the other kind. Not while a vote is open: who has voted as
 * one person would vote in it as another.
 */
async function holdOneKind(db: Kysely<unknown>): Promise<void> {
	// Which kind there is the setting says now.
	await sql`drop index residency_code_anonymous_idx`.execute(db);
	await sql`alter table city_setting
		add column anonymous_codes boolean not null default false,
		add constraint city_setting_anonymous_codes_alone
			check (not anonymous_codes or residency_methods = array['code'])`.execute(db);
	await sql`comment on column city_setting.anonymous_codes is
		'codes name nobody, and each is a person; else they are for persons of the list of residents'`.execute(db);

	// Of codes from before nobody knows to whom they went, and no city is anonymous yet: they are of the other kind.
	await sql`update residency_code set expires_at = least(expires_at, clock_timestamp())
		where used_at is null and identity_key is null`.execute(db);

	await sql`
		create function refuse_other_kind_of_code() returns trigger
		language plpgsql
		as $body$
		begin
			if exists (select from added
				left join city_setting on city_setting.city_id = added.city_id
				where (added.identity_key is null) <> coalesce(city_setting.anonymous_codes, false))
			then
				raise exception 'the city has codes of the other kind' using errcode = 'OB242';
			end if;
			return null;
		end
		$body$`.execute(db);
	await sql`create trigger residency_code_of_one_kind after insert on residency_code
		referencing new table as added for each statement execute function refuse_other_kind_of_code()`.execute(db);

	await sql`
		create function change_kind_of_codes() returns trigger
		language plpgsql
		as $body$
		begin
			-- Whoever proves that they live here holds this row until they have, and then is seen below.
			perform from city where id = new.city_id for no key update;
			if exists (select from consultation
				where city_id = new.city_id
					and clock_timestamp() >= voting_opens_at and clock_timestamp() < voting_ends_at)
			then
				raise exception 'a vote is open' using errcode = 'OB241';
			end if;
			update residency_code set expires_at = least(expires_at, clock_timestamp())
				where city_id = new.city_id and used_at is null
					and (identity_key is null) <> new.anonymous_codes;
			update residency set ended_at = clock_timestamp(), unlisted_at = null
				where city_id = new.city_id and ended_at is null
					and exists (select from person_home
						where person_home.city_id = residency.city_id and person_home.person_id = residency.person_id
					) = new.anonymous_codes;
			return null;
		end
		$body$`.execute(db);
	await sql`create trigger city_setting_begins_anonymous after insert on city_setting
		for each row when (new.anonymous_codes) execute function change_kind_of_codes()`.execute(db);
	await sql`create trigger city_setting_changes_kind after update on city_setting
		for each row when (old.anonymous_codes <> new.anonymous_codes)
		execute function change_kind_of_codes()`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop trigger city_setting_changes_kind on city_setting`.execute(db);
	await sql`drop trigger city_setting_begins_anonymous on city_setting`.execute(db);
	await sql`drop trigger residency_code_of_one_kind on residency_code`.execute(db);
	await sql`drop function change_kind_of_codes, refuse_other_kind_of_code`.execute(db);
	await sql`create index residency_code_anonymous_idx on residency_code (city_id)
		where identity_key is null`.execute(db);
	await sql`comment on index residency_code_anonymous_idx is
		'where codes name nobody, somebody who comes by a provider could be there twice'`.execute(db);
	await sql`alter table city_setting drop column anonymous_codes`.execute(db);
	await sql`alter table residency_code drop column batch_id`.execute(db);
	await sql`drop table residency_code_receiver, residency_code_batch`.execute(db);
	await sql`drop function refuse_lone_release`.execute(db);
}
