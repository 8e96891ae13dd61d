export { deleteOldMail } from './delete-old-mail.ts';
export type { MailMessage, ResponsePublished } from './mail-message.ts';
export { mailToken } from './mail-token.ts';
export { openMailer } from './mailer.ts';
export { queueMail } from './queue-mail.ts';
export { listMailOfBrowser, type OutboxMail } from './reads.ts';
export { renderMail } from './render-mail.ts';
export { sendWaitingMail } from './send-waiting-mail.ts';
