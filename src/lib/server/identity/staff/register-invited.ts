import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { isGuessable } from '#lib/domain/identity/guessable-password.ts';
import type { DisplayName } from '#lib/domain/identity/display-name.ts';
import type { Password } from '#lib/domain/identity/password.ts';
import type { RegisterInvitedRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { transact } from '#lib/server/db/transact.ts';
import { hashPassword } from '../password-hash.ts';
import { openAccount } from '../register-account.ts';
import { findInvitation } from './reads.ts';
import { lockInvitation, takeInvitation } from './take-invitation.ts';

export type InvitedRegistration = {
	readonly token: string;
	readonly displayName: DisplayName;
	readonly password: Password;
	readonly language: Language;
};

/**
 * Opens an account with the address that was invited and gives it the role. Who has the link reads the mail of that
 * address, so it is confirmed by it; an account that waited for that begins anew. Whoever has a confirmed one signs in.
 */
export async function registerInvited(
	app: Pick<Capabilities, 'db' | 'clock' | 'random'>,
	{ token, displayName, password, language }: InvitedRegistration,
): Promise<Result<null, RegisterInvitedRefusal>> {
	// Nobody's processor is spent on a link that opens nothing.
	const found = await findInvitation(app.db, token);
	if (found.state !== 'waiting') return refused({ code: 'invitation_not_valid' });
	if (isGuessable(password, [displayName, found.emailKey])) return refused({ code: 'password_common' });
	const passwordHash = await hashPassword(password);
	return transact<null, RegisterInvitedRefusal>(app.db, async (tx) => {
		const invitation = await lockInvitation(tx, token);
		if (invitation === null) return refused({ code: 'invitation_not_valid' });
		const registration = { email: invitation.email, password, displayName, language, browser: null };
		const account = await openAccount(tx, newId<AccountId>(app), registration, passwordHash);
		if (account.confirmed) return refused({ code: 'account_exists' });
		await tx
			.updateTable('account')
			.set({ email_confirmed_at: sql<Instant>`clock_timestamp()` })
			.where('id', '=', account.id)
			.execute();
		return takeInvitation(tx, app, invitation, account.id);
	});
}
