import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table city_setting (
			city_id text not null,
			residency_methods text[] not null,
			changed_at timestamptz(3) not null default clock_timestamp(),
			constraint city_setting_pkey primary key (city_id),
			constraint city_setting_city_fkey foreign key (city_id) references city,
			constraint city_setting_some_method check (cardinality(residency_methods) > 0)
		)`.execute(db);
	await sql`comment on table city_setting is
		'what administrators have set; a city without a row has what the program begins with'`.execute(db);
	await sql`comment on column city_setting.residency_methods is
		'the ways to prove residency that are open; which there are the program knows'`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop table city_setting`.execute(db);
}
