import { sql, type Kysely } from 'kysely';

/** Deleting an account clears it from these; without an index each deletion would read the whole table. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create index residency_code_used_by_idx on residency_code (used_by) where used_by is not null`.execute(
		db,
	);
	await sql`create index response_revision_account_id_idx on response_revision (account_id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`drop index residency_code_used_by_idx, response_revision_account_id_idx`.execute(db);
}
