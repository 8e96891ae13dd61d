import type { MailId } from '#lib/domain/base/ids.ts';
import type { Keys } from '../capabilities.ts';
import { hmac } from '../digest.ts';

/**
 * The one-time token that a mail carries. It follows from the mail's id under a key that the database does not hold, so
 * it can be written into the mail when that is sent and yet stand nowhere before: whoever reads the outbox or the
 * tokens' hashes has no link to open.
 */
export function mailToken(keys: Keys, mailId: MailId): string {
	return Buffer.from(hmac(keys.secret, 'mail-token', mailId)).toString('base64url');
}
