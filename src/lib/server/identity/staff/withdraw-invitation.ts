import { sql } from 'kysely';
import type { AccountId, InvitationId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { WithdrawInvitationRefusal } from '#lib/domain/identity/refusals.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities, Tx } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';

/** From now on the link opens nothing. An invitation of another city than the permit's is not found. */
export async function withdrawInvitation(
	app: Pick<Capabilities, 'db' | 'random'>,
	{ actor, subject }: Permit<'staff.invite'>,
	id: InvitationId,
): Promise<Result<null, WithdrawInvitationRefusal>> {
	return transact<null, WithdrawInvitationRefusal>(app.db, async (tx) => {
		const withdrawn = await tx
			.updateTable('invitation')
			.set({ withdrawn_at: sql<Instant>`clock_timestamp()` })
			.where('id', '=', id)
			.where('city_id', 'is not distinct from', subject.cityId)
			.where('accepted_at', 'is', null)
			.where('withdrawn_at', 'is', null)
			.returning('role')
			.executeTakeFirst();
		if (withdrawn === undefined) return refused({ code: 'invitation_over' });
		await recordAct(tx, app, {
			actorId: actor.accountId,
			cityId: subject.cityId,
			action: 'invitation.withdraw',
			subject: { kind: 'invitation', id },
			before: { role: withdrawn.role },
		});
		return ok(null);
	});
}

/** Whatever somebody has invited to, in any city, and nobody has accepted. */
export async function withdrawInvitationsOf(
	tx: Tx,
	app: Pick<Capabilities, 'random'>,
	invitedBy: AccountId,
	actorId: AccountId,
): Promise<void> {
	const withdrawn = await tx
		.updateTable('invitation')
		.set({ withdrawn_at: sql<Instant>`clock_timestamp()` })
		.where('invited_by', '=', invitedBy)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.returning(['id', 'role', 'city_id as cityId'])
		.execute();
	for (const { id, role, cityId } of withdrawn) {
		const subject = { kind: 'invitation', id } as const;
		await recordAct(tx, app, { actorId, cityId, action: 'invitation.withdraw', subject, before: { role } });
	}
}
