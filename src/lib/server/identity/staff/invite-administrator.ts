import type { InvitationId } from '#lib/domain/base/ids.ts';
import { ok, type Result } from '#lib/domain/base/result.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { InviteRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { transact } from '#lib/server/db/transact.ts';
import { addInvitation, invitationToken } from './add-invitation.ts';

/**
 * The operator's invitation of an administrator, by a command on the server: nobody else could make the first one. No
 * mail is sent. @returns what the link to it carries.
 */
export async function inviteAdministrator(
	app: Pick<Capabilities, 'db' | 'keys' | 'clock' | 'random'>,
	email: EmailAddress,
): Promise<Result<string, InviteRefusal>> {
	const id = newId<InvitationId>(app);
	return transact<string, InviteRefusal>(app.db, async (tx) => {
		const added = await addInvitation(tx, app, {
			...{ id, email, role: 'administrator', cityId: null },
			invitedBy: null,
		});
		return added.ok ? ok(invitationToken(app.keys, id)) : added;
	});
}
