import { sql, type Kysely } from 'kysely';

/**
 * Mails that go elsewhere than to an account's own address: to the one it is to get, to the one it had, to one that has
 * no account. And the links that forgotten passwords and changes of address need.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table mail
			alter column account_id drop not null,
			add column address text,
			add column language text,
			add constraint mail_goes_somewhere
				check (account_id is not null or (address is not null and language is not null)),
			add constraint mail_language_known check (language in ('kk', 'ru', 'en')),
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in (
				'confirm_email', 'address_taken', 'response_published', 'reset_password', 'no_account', 'password_changed',
				'confirm_new_email', 'email_changed', 'account_deleted'))`.execute(db);
	await sql`comment on column mail.address is 'where it goes when that is not the account''s own address'`.execute(
		db,
	);
	await sql`comment on column mail.language is 'null: the account''s, when it is sent'`.execute(db);
	await sql`
		alter table one_time_token
			add column email text,
			add column email_key text,
			drop constraint one_time_token_purpose_known,
			add constraint one_time_token_purpose_known
				check (purpose in ('confirm_email', 'reset_password', 'change_email', 'undo_email_change')),
			add constraint one_time_token_email_where_needed check (
				(purpose in ('change_email', 'undo_email_change')) = (email is not null)
				and (email is null) = (email_key is null))`.execute(db);
	await sql`comment on column one_time_token.email is 'the address that the account gets when the link is used'`.execute(
		db,
	);
}

export async function down(db: Kysely<unknown>): Promise<void> {
	await sql`delete from one_time_token where purpose <> 'confirm_email'`.execute(db);
	await sql`
		alter table one_time_token
			drop constraint one_time_token_email_where_needed,
			drop constraint one_time_token_purpose_known,
			add constraint one_time_token_purpose_known check (purpose in ('confirm_email')),
			drop column email,
			drop column email_key`.execute(db);
	await sql`delete from mail
		where address is not null or kind not in ('confirm_email', 'address_taken', 'response_published')`.execute(
		db,
	);
	await sql`
		alter table mail
			drop constraint mail_goes_somewhere,
			drop constraint mail_language_known,
			drop constraint mail_kind_known,
			add constraint mail_kind_known check (kind in ('confirm_email', 'address_taken', 'response_published')),
			drop column address,
			drop column language,
			alter column account_id set not null`.execute(db);
}
