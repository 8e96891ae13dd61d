import { sql, type Kysely } from 'kysely';

const BEFORE = `'confirm_email', 'address_taken', 'response_published', 'reset_password', 'no_account', 'password_changed',
	'confirm_new_email', 'email_changed', 'account_deleted', 'staff_invitation'`;

/** The owner is told when the second factor is switched on, off or reset: it may not have been them. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (${sql.raw(BEFORE)},
				'second_factor_on', 'second_factor_off', 'second_factor_reset'))`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`delete from mail where kind in ('second_factor_on', 'second_factor_off', 'second_factor_reset')`.execute(
		db,
	);
	await sql`
		alter table mail
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (${sql.raw(BEFORE)}))`.execute(db);
}
