import type { CityId, InvitationId, MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { ok, type Result } from '#lib/domain/base/result.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { InviteRefusal } from '#lib/domain/identity/refusals.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import type { Capabilities, Tx } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { queueMail } from '#lib/server/mail/index.ts';
import { addInvitation } from './add-invitation.ts';

export type Invitation = {
	/** Made with the page: the form sent again is the same invitation. */
	readonly id: InvitationId;
	readonly email: EmailAddress;
	readonly role: StaffRole;
	/** Of the mail, unless who is invited has an account and a language of their own. */
	readonly language: Language;
};

/** Invites by mail to a role in the permit's city, or, where that has none, to a role for all cities. */
export async function inviteStaff(
	app: Pick<Capabilities, 'db' | 'keys' | 'random'>,
	{ actor, subject }: Permit<'staff.invite'>,
	{ id, email, role, language }: Invitation,
): Promise<Result<null, InviteRefusal>> {
	const { cityId } = subject;
	return transact<null, InviteRefusal>(app.db, async (tx) => {
		const city = cityId === null ? {} : await readCityNames(tx, cityId);
		const spoken = await findLanguage(tx, email);
		const added = await addInvitation(tx, app, { id, email, role, cityId, invitedBy: actor.accountId });
		if (!added.ok || !added.value) return added.ok ? ok(null) : added;
		await queueMail(tx, {
			id: id as string as MailId,
			message: { kind: 'staff_invitation', parameters: { role, city } },
			accountId: null,
			address: email.address,
			language: spoken ?? language,
		});
		return ok(null);
	});
}

async function readCityNames(tx: Tx, cityId: CityId): Promise<Partial<Record<Language, string>>> {
	const names = await tx
		.selectFrom('city_text')
		.where('city_id', '=', cityId)
		.select(['language', 'name'])
		.execute();
	return Object.fromEntries(names.map(({ language, name }) => [language, name]));
}

async function findLanguage(tx: Tx, email: EmailAddress): Promise<Language | null> {
	const account = await tx
		.selectFrom('account')
		.where('email_key', '=', email.key)
		.where('email_confirmed_at', 'is not', null)
		.select('language')
		.executeTakeFirst();
	return account?.language ?? null;
}
