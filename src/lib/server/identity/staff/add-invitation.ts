import { sql } from 'kysely';
import type { Grant } from '#lib/domain/access/actor.ts';
import { belongsThere, checkGrant } from '#lib/domain/access/grants.ts';
import type { AccountId, InvitationId, MailId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import { INVITATION_DAYS } from '#lib/domain/identity/invitation.ts';
import type { InviteRefusal } from '#lib/domain/identity/refusals.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities, Keys, Tx } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import { mailToken } from '#lib/server/mail/index.ts';
import { listGrants } from './reads.ts';

export type NewInvitation = Grant & {
	readonly id: InvitationId;
	readonly email: EmailAddress;
	/** Null: the operator, by a command on the server. */
	readonly invitedBy: AccountId | null;
};

/** What the link carries. It follows from the id under a key that the database does not hold, as in every mail. */
export function invitationToken(keys: Keys, id: InvitationId): string {
	return mailToken(keys, id as string as MailId);
}

/**
 * Adds an invitation and its entry in the audit log; earlier ones of the same address to the same role open nothing from
 * now on. The same form again is the same invitation; another invitation from it is refused. @returns whether it is new.
 */
export async function addInvitation(
	tx: Tx,
	app: Pick<Capabilities, 'keys' | 'random'>,
	{ id, email, role, cityId, invitedBy }: NewInvitation,
): Promise<Result<boolean, InviteRefusal>> {
	const wanted = { role, cityId };
	if (!belongsThere(wanted)) return refused({ code: 'role_unknown' });
	const held = await listGrants(tx, email);
	if (held.some((grant) => grant.role === role && grant.cityId === cityId))
		return refused({ code: 'role_held' });
	const allowed = checkGrant(held, wanted);
	if (!allowed.ok) return allowed;

	const inserted = await tx
		.insertInto('invitation')
		.values({
			id,
			token_hash: sha256(invitationToken(app.keys, id)),
			email: email.address,
			email_key: email.key,
			role,
			city_id: cityId,
			invited_by: invitedBy,
			expires_at: sql<Instant>`clock_timestamp() + make_interval(days => ${INVITATION_DAYS})`,
		})
		.onConflict((conflict) => conflict.constraint('invitation_pkey').doNothing())
		.returning('id')
		.executeTakeFirst();
	if (inserted === undefined) return await compareWithSent(tx, id, { ...wanted, emailKey: email.key });
	await tx
		.updateTable('invitation')
		.set({ withdrawn_at: sql<Instant>`clock_timestamp()` })
		.where('id', '<>', id)
		.where('email_key', '=', email.key)
		.where('role', '=', role)
		.where('city_id', 'is not distinct from', cityId)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.execute();
	await recordAct(tx, app, {
		actorId: invitedBy,
		cityId,
		action: 'invitation.create',
		subject: { kind: 'invitation', id },
		after: { role },
	});
	return ok(true);
}

async function compareWithSent(
	tx: Tx,
	id: InvitationId,
	{ role, cityId, emailKey }: Grant & { readonly emailKey: string },
): Promise<Result<boolean, InviteRefusal>> {
	const same = await tx
		.selectFrom('invitation')
		.where('id', '=', id)
		.where('email_key', '=', emailKey)
		.where('role', '=', role)
		.where('city_id', 'is not distinct from', cityId)
		.select('id')
		.executeTakeFirst();
	return same === undefined ? refused({ code: 'invitation_form_used' }) : ok(false);
}
