import { sql, type Kysely } from 'kysely';

/** Residency confirmed at a counter: a resident comes with a code of their account, one official enters, another confirms. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table residency drop constraint residency_method_known`.execute(db);
	await sql`alter table residency
		add constraint residency_method_known check (method in ('code', 'iin', 'oidc', 'counter'))`.execute(db);
	await sql`
		create table counter_visit (
			city_id text not null,
			id uuid not null,
			account_id uuid not null,
			code_hash bytea not null,
			age_band text,
			is_moving boolean not null,
			expires_at timestamptz(3) not null,
			person_key bytea,
			identity_key bytea,
			masked_iin text,
			entered_by uuid,
			entered_at timestamptz(3),
			confirmed_by uuid,
			confirmed_at timestamptz(3),
			constraint counter_visit_pkey primary key (city_id, id),
			constraint counter_visit_code_once unique (city_id, code_hash),
			constraint counter_visit_account_once unique (city_id, account_id),
			constraint counter_visit_city_fkey foreign key (city_id) references city,
			constraint counter_visit_account_fkey foreign key (account_id) references account on delete cascade,
			constraint counter_visit_entered_by_fkey foreign key (entered_by) references account on delete set null,
			constraint counter_visit_confirmed_by_fkey
				foreign key (confirmed_by) references account on delete set null,
			constraint counter_visit_age_band_known check (age_band in ('18-29', '30-44', '45-59', '60+')),
			constraint counter_visit_entered_whole check ((entered_at is null) = (person_key is null)
				and (entered_at is null) = (identity_key is null) and (entered_at is null) = (masked_iin is null)),
			constraint counter_visit_entered_first check (confirmed_at is null or entered_at is not null),
			constraint counter_visit_two_officials check (confirmed_by <> entered_by)
		)`.execute(db);
	await sql`comment on table counter_visit is
		'somebody who confirms their residency at a counter, for a day: by keyed hashes and the last four digits'`.execute(
		db,
	);
	await sql`create index counter_visit_account_id_idx on counter_visit (account_id)`.execute(db);
	await sql`create index counter_visit_entered_by_idx on counter_visit (entered_by)`.execute(db);
	await sql`create index counter_visit_confirmed_by_idx on counter_visit (confirmed_by)`.execute(db);
	await sql`
		create function refuse_lone_confirmation() returns trigger
		language plpgsql
		as $body$
		begin
			if new.confirmed_at is not null and (tg_op = 'INSERT' or old.confirmed_at is null) and (
				tg_op = 'INSERT' or new.entered_by is distinct from old.entered_by
				or new.person_key is distinct from old.person_key
				or (select count(*) from role_grant
					where role = 'official' and city_id = new.city_id
						and account_id in (new.entered_by, new.confirmed_by)) <> 2
			) then
				raise exception 'a confirmation needs two officials' using errcode = 'OB243';
			end if;
			return new;
		end
		$body$`.execute(db);
	await sql`create trigger counter_visit_by_two before insert or update on counter_visit
		for each row execute function refuse_lone_confirmation()`.execute(db);
}

/** Takes back residencies that only this method had room for. */
export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table counter_visit`.execute(db);
	await sql`drop function refuse_lone_confirmation`.execute(db);
	await sql`delete from residency where method = 'counter'`.execute(db);
	await sql`alter table residency drop constraint residency_method_known`.execute(db);
	await sql`alter table residency
		add constraint residency_method_known check (method in ('code', 'iin', 'oidc'))`.execute(db);
}
