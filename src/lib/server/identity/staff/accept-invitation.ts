import { refused, type Result } from '#lib/domain/base/result.ts';
import type { AcceptInvitationRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { lockInvitation, takeInvitation } from './take-invitation.ts';

/**
 * Takes the role of an invitation, by the account of the address that was invited and no other. Every session of it
 * ends, this one too.
 */
export async function acceptInvitation(
	app: Pick<Capabilities, 'db' | 'random'>,
	{ actor }: Permit<'invitation.accept'>,
	token: string,
): Promise<Result<null, AcceptInvitationRefusal>> {
	return transact<null, AcceptInvitationRefusal>(app.db, async (tx) => {
		const invitation = await lockInvitation(tx, token);
		if (invitation === null) return refused({ code: 'invitation_not_valid' });
		const { emailKey } = await tx
			.selectFrom('account')
			.where('id', '=', actor.accountId)
			.select('email_key as emailKey')
			.forNoKeyUpdate()
			.executeTakeFirstOrThrow();
		if (emailKey !== invitation.email.key) return refused({ code: 'invitation_of_another' });
		return takeInvitation(tx, app, invitation, actor.accountId);
	});
}
