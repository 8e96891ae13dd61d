import type { MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { INVITATION_DAYS } from '#lib/domain/identity/invitation.ts';
import { staffRoleName } from '#lib/i18n/role-words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Capabilities } from '../capabilities.ts';
import type { MailMessage, ResponsePublished } from './mail-message.ts';
import { mailToken } from './mail-token.ts';

export type WrittenMail = { readonly subject: string; readonly text: string };

/** Subject and plain text of a mail in one language, with links to the configured origin and no other. */
export function renderMail(
	{ keys, origin }: Pick<Capabilities, 'keys' | 'origin'>,
	mailId: MailId,
	message: MailMessage,
	language: Language,
): WrittenMail {
	const locale = { locale: language };
	const home = `${origin}/${language}`;
	const written = (subject: string, text: string): WrittenMail => ({
		subject,
		text: sign(text, home, language),
	});
	const withToken = (page: string) => `${home}/${page}?token=${mailToken(keys, mailId)}`;
	switch (message.kind) {
		case 'confirm_email':
			return written(
				m.mail_confirm_email_subject({}, locale),
				m.mail_confirm_email_text({ link: withToken('confirm') }, locale),
			);
		case 'address_taken':
			return written(
				m.mail_address_taken_subject({}, locale),
				m.mail_address_taken_text({ link: `${home}/sign-in` }, locale),
			);
		case 'reset_password':
			return written(
				m.mail_reset_password_subject({}, locale),
				m.mail_reset_password_text({ link: withToken('reset') }, locale),
			);
		case 'no_account':
			return written(
				m.mail_no_account_subject({}, locale),
				m.mail_no_account_text({ link: `${home}/register` }, locale),
			);
		case 'password_changed':
			return written(
				m.mail_password_changed_subject({}, locale),
				m.mail_password_changed_text({ link: `${home}/sign-in/forgotten` }, locale),
			);
		case 'confirm_new_email':
			return written(
				m.mail_confirm_new_email_subject({}, locale),
				m.mail_confirm_new_email_text({ link: withToken('new-email') }, locale),
			);
		case 'email_changed':
			return written(
				m.mail_email_changed_subject({}, locale),
				m.mail_email_changed_text({ link: withToken('restore-email') }, locale),
			);
		case 'account_deleted':
			return written(m.mail_account_deleted_subject({}, locale), m.mail_account_deleted_text({}, locale));
		case 'passkey_added':
			return written(
				m.mail_passkey_added_subject({}, locale),
				m.mail_passkey_added_text({ link: `${home}/sign-in/forgotten` }, locale),
			);
		case 'residency_shared':
			return written(
				m.mail_residency_shared_subject({}, locale),
				m.mail_residency_shared_text({ link: `${home}/me` }, locale),
			);
		case 'second_factor_on':
			return written(
				m.mail_second_factor_on_subject({}, locale),
				m.mail_second_factor_on_text({ link: `${home}/sign-in/forgotten` }, locale),
			);
		case 'second_factor_off':
			return written(
				m.mail_second_factor_off_subject({}, locale),
				m.mail_second_factor_off_text({ link: `${home}/sign-in/forgotten` }, locale),
			);
		case 'second_factor_reset':
			return written(
				m.mail_second_factor_reset_subject({}, locale),
				m.mail_second_factor_reset_text({ link: `${home}/sign-in/forgotten` }, locale),
			);
		case 'staff_invitation': {
			const { role, city } = message.parameters;
			const parts = [staffRoleName(role, language), city[language]].filter((part) => part !== undefined);
			return written(
				m.mail_staff_invitation_subject({}, locale),
				m.mail_staff_invitation_text(
					{ role: parts.join(', '), link: withToken('invitation'), days: INVITATION_DAYS },
					locale,
				),
			);
		}
		case 'response_published':
			return written(
				m.mail_response_published_subject({}, locale),
				writeResponse(message.parameters, home, language),
			);
	}
}

function writeResponse(response: ResponsePublished, home: string, language: Language): string {
	const locale = { locale: language };
	const city = { kk: response.cityKk, ru: response.cityRu, en: response.cityEn }[language];
	return [
		m.mail_response_published_intro({ city }, locale),
		response.textKk,
		'* * *',
		response.textRu,
		m.mail_response_published_link({ link: `${home}${response.path}` }, locale),
	].join('\n\n');
}

function sign(text: string, home: string, language: Language): string {
	return `${text}\n\n-- \n${m.mail_signature({}, { locale: language })}\n${home}\n`;
}
