import { sql, type Kysely } from 'kysely';

/** Residency by the word of a provider of identities. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table residency drop constraint residency_method_known`.execute(db);
	await sql`alter table residency
		add constraint residency_method_known check (method in ('code', 'iin', 'oidc'))`.execute(db);
	await sql`create index residency_code_anonymous_idx on residency_code (city_id)
		where identity_key is null`.execute(db);
	await sql`comment on index residency_code_anonymous_idx is
		'where codes name nobody, somebody who comes by a provider could be there twice'`.execute(db);
}

/** Takes back residencies that only this method had room for. */
export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop index residency_code_anonymous_idx`.execute(db);
	await sql`delete from residency where method = 'oidc'`.execute(db);
	await sql`alter table residency drop constraint residency_method_known`.execute(db);
	await sql`alter table residency
		add constraint residency_method_known check (method in ('code', 'iin'))`.execute(db);
}
