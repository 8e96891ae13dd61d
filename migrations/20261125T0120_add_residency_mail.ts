import { sql, type Kysely } from 'kysely';

const BEFORE = `'confirm_email', 'address_taken', 'response_published', 'reset_password', 'no_account', 'password_changed',
	'confirm_new_email', 'email_changed', 'account_deleted', 'staff_invitation', 'second_factor_on', 'second_factor_off',
	'second_factor_reset', 'passkey_added'`;

/** Whose residency another account has confirmed is told: it may not have been them. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (${sql.raw(BEFORE)}, 'residency_shared'))`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`delete from mail where kind = 'residency_shared'`.execute(db);
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (${sql.raw(BEFORE)}))`.execute(db);
}
