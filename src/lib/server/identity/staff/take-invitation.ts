import { sql } from 'kysely';
import { checkGrant, type GrantRefusal } from '#lib/domain/access/grants.ts';
import type { AccountId, CityId, InvitationId } from '#lib/domain/base/ids.ts';
import { ok, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import { recordAct } from '#lib/server/audit/index.ts';
import type { Capabilities, Tx } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import { endAllSessions } from '../session.ts';
import { listGrants } from './reads.ts';

export type WaitingInvitation = {
	readonly id: InvitationId;
	readonly email: EmailAddress;
	readonly role: StaffRole;
	readonly cityId: CityId | null;
};

/**
 * Locks the invitation that this token opens, before any account: of two requests at once the second finds it accepted.
 * Null when it opens nothing (any more).
 */
export async function lockInvitation(tx: Tx, token: string): Promise<WaitingInvitation | null> {
	const row = await tx
		.selectFrom('invitation')
		.where('token_hash', '=', sha256(token))
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
		.select(['id', 'email as address', 'email_key as key', 'role', 'city_id as cityId'])
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) return null;
	const { address, key, ...rest } = row;
	return { ...rest, email: { address, key } };
}

/**
 * Uses the invitation up and gives its role to the account, which the caller has locked. All sessions of the account end:
 * what it may do from now on takes a new sign-in.
 */
export async function takeInvitation(
	tx: Tx,
	app: Pick<Capabilities, 'random'>,
	{ id, email, role, cityId }: WaitingInvitation,
	accountId: AccountId,
): Promise<Result<null, GrantRefusal>> {
	const allowed = checkGrant(await listGrants(tx, email), { role, cityId });
	if (!allowed.ok) return allowed;
	await tx
		.updateTable('invitation')
		.set({ accepted_at: sql<Instant>`clock_timestamp()`, accepted_by: accountId })
		.where('id', '=', id)
		.execute();
	await tx
		.insertInto('role_grant')
		.values({ account_id: accountId, role, city_id: cityId })
		.onConflict((conflict) => conflict.constraint('role_grant_once').doNothing())
		.execute();
	await endAllSessions(tx, accountId);
	await recordAct(tx, app, {
		actorId: accountId,
		cityId,
		action: 'invitation.accept',
		subject: { kind: 'invitation', id },
		after: { role },
	});
	return ok(null);
}
