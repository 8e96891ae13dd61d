import { createTransport } from 'nodemailer';
import type { Mailer } from '../capabilities.ts';

const TIMEOUT = 10_000;

/** Sends by SMTP. Without an address of a server no mail leaves: the outbox keeps them. */
export function openMailer(smtpUrl: string | null, from: string, origin: string): Mailer {
	if (smtpUrl === null) return null;
	const transport = createTransport({
		url: smtpUrl,
		connectionTimeout: TIMEOUT,
		greetingTimeout: TIMEOUT,
		socketTimeout: TIMEOUT,
		disableFileAccess: true,
		disableUrlAccess: true,
	});
	const { hostname } = new URL(origin);
	return async ({ id, to, subject, text }) => {
		await transport.sendMail({
			from,
			// As an object, so that nothing in the address can be read as a list of addresses.
			to: { name: '', address: to },
			subject,
			text,
			// The same mail sent twice after a crash has the same id: mail programs show it once.
			messageId: `<${id}@${hostname}>`,
			headers: { 'Auto-Submitted': 'auto-generated' },
		});
	};
}
