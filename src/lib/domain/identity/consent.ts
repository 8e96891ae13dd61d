/**
 * Which text about personal data is agreed to at registration; kept with the account, so that the consent can be proved
 * (law on personal data, 21.05.2013 № 94-V, articles 8 and 25). A change of what the text says is a new version.
 */
export const CONSENT_VERSION = '2026-11-25';

/** Kept where the address was proven by somebody who may not be the one who registered: they are asked anew. */
export const CONSENT_UNPROVED = 'unproved';

/** An account whose address was never confirmed is deleted after this many days; the text promises it. */
export const UNCONFIRMED_ACCOUNT_DAYS = 30;

/** A mail that was sent stays in the outbox for this many days; the text promises it. */
export const SENT_MAIL_DAYS = 30;
