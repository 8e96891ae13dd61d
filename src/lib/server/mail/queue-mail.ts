import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import type { MailKind } from './tables.ts';

export type QueuedMail = {
	readonly accountId: AccountId;
	readonly kind: MailKind;
	readonly parameters: Readonly<Record<string, string>>;
};

/** Puts a mail into the outbox, in the transaction of the change that causes it: neither goes without the other. */
export async function queueMail(
	tx: Tx,
	app: Pick<Capabilities, 'clock' | 'random'>,
	{ accountId, kind, parameters }: QueuedMail,
): Promise<void> {
	await tx
		.insertInto('mail')
		.values({ id: newId(app), account_id: accountId, kind, parameters: JSON.stringify(parameters) })
		.execute();
}
