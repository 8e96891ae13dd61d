import { createTransport } from 'nodemailer';
import type { Mailer } from '../capabilities.ts';

const TIMEOUT = 10_000;

/** Sends by SMTP. Without an address of a server no mail leaves: the outbox keeps them. */
export function openMailer(smtpUrl: string | null, from: string): Mailer {
	if (smtpUrl === null) return null;
	const transport = createTransport({ url: smtpUrl, connectionTimeout: TIMEOUT, socketTimeout: TIMEOUT });
	return async (mail) => {
		await transport.sendMail({ from, to: mail.to, subject: mail.subject, text: mail.text });
	};
}
