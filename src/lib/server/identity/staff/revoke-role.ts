import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { RevokeRoleRefusal } from '#lib/domain/identity/refusals.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { lockAdministrators } from '../administrators.ts';
import { endAllSessions } from '../session.ts';
import { withdrawInvitationsOf } from './withdraw-invitation.ts';

/**
 * Takes a role away and ends every session of the account. Nobody takes one from themselves, and of two administrators
 * who take it from each other at once one keeps it, so that there is always one. What an administrator has invited to and
 * nobody has accepted ends with the role.
 */
export async function revokeRole(
	app: Pick<Capabilities, 'db' | 'random'>,
	{ actor, subject }: Permit<'role.revoke'>,
	{ accountId, role }: { readonly accountId: AccountId; readonly role: StaffRole },
): Promise<Result<null, RevokeRoleRefusal>> {
	if (accountId === actor.accountId) return refused({ code: 'role_own' });
	return transact<null, RevokeRoleRefusal>(app.db, async (tx) => {
		const administrators = await lockAdministrators(tx);
		if (!administrators.includes(actor.accountId)) return refused({ code: 'role_own_lost' });
		const revoked = await tx
			.deleteFrom('role_grant')
			.where('account_id', '=', accountId)
			.where('role', '=', role)
			.where('city_id', 'is not distinct from', subject.cityId)
			.returning('role')
			.executeTakeFirst();
		if (revoked === undefined) return refused({ code: 'role_not_held' });
		await endAllSessions(tx, accountId);
		await recordAct(tx, app, {
			actorId: actor.accountId,
			cityId: subject.cityId,
			action: 'role.revoke',
			subject: { kind: 'account', id: accountId },
			before: { role },
		});
		if (role === 'administrator') await withdrawInvitationsOf(tx, app, accountId, actor.accountId);
		return ok(null);
	});
}
