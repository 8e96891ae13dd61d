import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId, InvitationId } from '#lib/domain/base/ids.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { invitationToken, inviteStaff } from '#lib/server/identity/index.ts';
import { permitFor } from '../permit.ts';
import { anAccount } from './account.ts';
import { anAddress, toEmail } from './registration.ts';

export function anAdministrator(app: Pick<Capabilities, 'db'>): Promise<SignedIn> {
	return anAccount(app.db, {
		displayName: 'Әкімші',
		grants: [{ role: 'administrator', cityId: null }],
	});
}

export type MadeInvitation = {
	readonly id: InvitationId;
	readonly token: string;
	readonly address: string;
	readonly by: SignedIn;
};

/** As a page of administrators makes it; the token is what the mail carries. */
export async function anInvitation(
	app: Capabilities,
	{
		address = anAddress(),
		role = 'official' as StaffRole,
		cityId = 'taraz' as CityId | null,
		by: inviter = undefined as SignedIn | undefined,
	}: { address?: string; role?: StaffRole; cityId?: CityId | null; by?: SignedIn } = {},
): Promise<MadeInvitation> {
	const by = inviter ?? (await anAdministrator(app));
	const id = newId<InvitationId>(app);
	const invited = await inviteStaff(app, permitFor(by, 'staff.invite', { cityId }), {
		...{ id, role, language: 'kk' },
		email: toEmail(address),
	});
	if (!invited.ok) throw new Error(`refused: ${invited.refusal.code}`);
	return { id, token: invitationToken(app.keys, id), address, by };
}
