import { sql } from 'kysely';
import type { Grant } from '#lib/domain/access/actor.ts';
import type { AccountId, CityId, InvitationId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';

const LISTED_MAX = 500;

/** What the account of this address may do; nothing when there is none. */
export function listGrants(reader: Reader, email: Pick<EmailAddress, 'key'>): Promise<Grant[]> {
	return reader
		.selectFrom('role_grant')
		.innerJoin('account', 'account.id', 'role_grant.account_id')
		.where('account.email_key', '=', email.key)
		.select(['role_grant.role', 'role_grant.city_id as cityId'])
		.orderBy('role_grant.role')
		.orderBy('role_grant.city_id')
		.limit(LISTED_MAX)
		.execute();
}

export type StaffMember = {
	readonly accountId: AccountId;
	readonly displayName: string;
	readonly email: string;
	readonly role: StaffRole;
	readonly grantedAt: Instant;
};

/** Who has a role in a city, or one for all cities where that is null; by role and name. */
export function listStaff(reader: Reader, cityId: CityId | null): Promise<StaffMember[]> {
	return selectStaff(reader, cityId)
		.orderBy('role_grant.role')
		.orderBy('account.display_name')
		.orderBy('account.id')
		.limit(LISTED_MAX)
		.execute();
}

export async function findStaffMember(
	reader: Reader,
	cityId: CityId | null,
	{ accountId, role }: { readonly accountId: AccountId; readonly role: StaffRole },
): Promise<StaffMember | null> {
	const member = await selectStaff(reader, cityId)
		.where('account.id', '=', accountId)
		.where('role_grant.role', '=', role)
		.executeTakeFirst();
	return member ?? null;
}

function selectStaff(reader: Reader, cityId: CityId | null) {
	return reader
		.selectFrom('role_grant')
		.innerJoin('account', 'account.id', 'role_grant.account_id')
		.where('role_grant.city_id', 'is not distinct from', cityId)
		.select(['account.id as accountId', 'account.display_name as displayName', 'account.email'])
		.select(['role_grant.role', 'role_grant.granted_at as grantedAt']);
}

export type StaffCount = { readonly cityId: CityId; readonly role: StaffRole; readonly people: number };

/** How many have each role in each city; one that nobody has there has no row. */
export function countStaff(reader: Reader): Promise<StaffCount[]> {
	return reader
		.selectFrom('role_grant')
		.where('city_id', 'is not', null)
		.select(['city_id as cityId', 'role', sql<number>`count(*)::int`.as('people')])
		.groupBy(['city_id', 'role'])
		.orderBy('city_id')
		.orderBy('role')
		.$narrowType<{ cityId: CityId }>()
		.execute();
}

export type OpenInvitation = {
	readonly id: InvitationId;
	readonly email: string;
	readonly role: StaffRole;
	readonly invitedAt: Instant;
	readonly expiresAt: Instant;
	readonly isExpired: boolean;
};

/** Invitations that nobody has accepted and nobody has withdrawn, the latest first; those that ran out say so. */
export function listOpenInvitations(reader: Reader, cityId: CityId | null): Promise<OpenInvitation[]> {
	return reader
		.selectFrom('invitation')
		.where('city_id', 'is not distinct from', cityId)
		.where('accepted_at', 'is', null)
		.where('withdrawn_at', 'is', null)
		.select(['id', 'email', 'role', 'invited_at as invitedAt', 'expires_at as expiresAt'])
		.select(sql<boolean>`expires_at <= clock_timestamp()`.as('isExpired'))
		.orderBy('invited_at', 'desc')
		.orderBy('id', 'desc')
		.limit(LISTED_MAX)
		.execute();
}

/** What the link of an invitation still does, for whom. One that was never made is unknown. */
export type InvitationState =
	| {
			readonly state: 'waiting' | 'accepted' | 'withdrawn' | 'expired';
			readonly email: string;
			readonly emailKey: string;
			readonly role: StaffRole;
			readonly cityId: CityId | null;
			/** Somebody has confirmed an account with this address. */
			readonly hasAccount: boolean;
	  }
	| { readonly state: 'unknown' };

/** Only looks: programs that check mails for viruses open every link in them. */
export async function findInvitation(reader: Reader, token: string): Promise<InvitationState> {
	const row = await reader
		.selectFrom('invitation')
		.where('token_hash', '=', sha256(token))
		.select(['email', 'email_key as emailKey', 'role', 'city_id as cityId'])
		.select((eb) =>
			eb
				.exists(
					eb
						.selectFrom('account')
						.whereRef('account.email_key', '=', 'invitation.email_key')
						.where('account.email_confirmed_at', 'is not', null)
						.select('account.id'),
				)
				.$castTo<boolean>()
				.as('hasAccount'),
		)
		.select(
			sql<'waiting' | 'accepted' | 'withdrawn' | 'expired'>`case
				when accepted_at is not null then 'accepted'
				when withdrawn_at is not null then 'withdrawn'
				when expires_at <= clock_timestamp() then 'expired'
				else 'waiting' end`.as('state'),
		)
		.executeTakeFirst();
	return row ?? { state: 'unknown' };
}
