import { sql } from 'kysely';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { sha256 } from '../digest.ts';
import { mailToken, queueMail } from '../mail/index.ts';

/** How long the link in the mail works; the mail says so. */
const CONFIRMATION_HOURS = 48;

/** Queues the mail with the link that confirms the address. Links of earlier mails go on working until one is used. */
export async function queueConfirmation(
	tx: Tx,
	app: Pick<Capabilities, 'clock' | 'random' | 'keys'>,
	accountId: AccountId,
): Promise<void> {
	const mailId = newId<MailId>(app);
	await tx
		.insertInto('one_time_token')
		.values({
			token_hash: sha256(mailToken(app.keys, mailId)),
			account_id: accountId,
			purpose: 'confirm_email',
			expires_at: sql<Instant>`clock_timestamp() + make_interval(hours => ${CONFIRMATION_HOURS})`,
		})
		.execute();
	await queueMail(tx, { id: mailId, accountId, message: { kind: 'confirm_email', parameters: {} } });
}
