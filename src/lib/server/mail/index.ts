export { deleteOldMail } from './delete-old-mail.ts';
export type { MailMessage, PlainMailKind, ResponsePublished } from './mail-message.ts';
export { mailToken } from './mail-token.ts';
export { openMailer } from './mailer.ts';
export { queueMail, type Recipient } from './queue-mail.ts';
export { readMailHealth, type MailHealth } from './read-mail-health.ts';
export { listMailOfBrowser, type OutboxMail } from './reads.ts';
export { renderMail } from './render-mail.ts';
export { sendWaitingMail } from './send-waiting-mail.ts';
