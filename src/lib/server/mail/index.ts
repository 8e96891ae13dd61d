export { openMailer } from './mailer.ts';
export { queueMail } from './queue-mail.ts';
