import type { MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
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
	switch (message.kind) {
		case 'confirm_email': {
			const link = `${home}/confirm?token=${mailToken(keys, mailId)}`;
			return {
				subject: m.mail_confirm_email_subject({}, locale),
				text: sign(m.mail_confirm_email_text({ link }, locale), home, language),
			};
		}
		case 'address_taken':
			return {
				subject: m.mail_address_taken_subject({}, locale),
				text: sign(m.mail_address_taken_text({ link: `${home}/sign-in` }, locale), home, language),
			};
		case 'response_published':
			return {
				subject: m.mail_response_published_subject({}, locale),
				text: sign(writeResponse(message.parameters, home, language), home, language),
			};
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
