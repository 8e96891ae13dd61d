import type { Language } from '#lib/domain/base/language.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';

/** Kinds of mail and what each needs to be written. Nothing secret: the table is no place for a working link. */
export type MailMessage =
	| { readonly kind: PlainMailKind; readonly parameters: Readonly<Record<string, never>> }
	| { readonly kind: 'response_published'; readonly parameters: ResponsePublished }
	| { readonly kind: 'staff_invitation'; readonly parameters: StaffInvitation };

/** What needs nothing but its kind, and a link that follows from the mail's id. */
export type PlainMailKind =
	| 'confirm_email'
	| 'address_taken'
	| 'reset_password'
	| 'no_account'
	| 'password_changed'
	| 'confirm_new_email'
	| 'email_changed'
	| 'account_deleted'
	| 'passkey_added'
	| 'residency_shared'
	| 'second_factor_on'
	| 'second_factor_off'
	| 'second_factor_reset';

/** The official text goes out as published, Kazakh first; the path is that of the response, without its language. */
export type ResponsePublished = {
	readonly path: string;
	readonly cityKk: string;
	readonly cityRu: string;
	readonly cityEn: string;
	readonly textKk: string;
	readonly textRu: string;
};

/** What the role is, and what its city is called; nothing where it is a role for all cities. */
export type StaffInvitation = {
	readonly role: StaffRole;
	readonly city: Readonly<Partial<Record<Language, string>>>;
};

export type MailKind = MailMessage['kind'];
