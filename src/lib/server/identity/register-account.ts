import { sql } from 'kysely';
import type { AccountId, MailId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { ok } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { CONSENT_VERSION } from '#lib/domain/identity/consent.ts';
import type { DisplayName } from '#lib/domain/identity/display-name.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { Password } from '#lib/domain/identity/password.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import { sha256 } from '../digest.ts';
import { queueMail } from '../mail/index.ts';
import { queueLink } from './one-time-token.ts';
import type { RegistrationFacts } from './own-registration.ts';
import { hashPassword } from './password-hash.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;

export type Registration = {
	readonly email: EmailAddress;
	readonly password: Password;
	readonly displayName: DisplayName;
	readonly language: Language;
	/** The random mark of the browser in a demonstration, so that its outbox page can show the mail; else null. */
	readonly browser: string | null;
};

/**
 * Opens an account that waits for its address to be confirmed. To whoever registers the outcome is always the same; what
 * happened is told to the owner of the address alone, by mail. An account that waits already is made anew, so nobody can
 * keep an address by registering it first; a confirmed one stays as it is.
 * @returns what the browser is marked by, in every case
 */
export async function registerAccount(app: App, registration: Registration): Promise<RegistrationFacts> {
	const passwordHash = await hashPassword(registration.password);
	const accountId = newId<AccountId>(app);
	await transact(app.db, async (tx) => {
		const account = await openAccount(tx, accountId, registration, passwordHash);
		if (account.confirmed) {
			const message = { kind: 'address_taken', parameters: {} } as const;
			await queueMail(tx, { id: newId<MailId>(app), accountId: account.id, message });
			return ok(null);
		}
		if (registration.browser !== null) await noteBrowser(tx, account.id, registration.browser);
		await queueLink(tx, app, account.id, 'confirm_email');
		return ok(null);
	});
	return { emailKey: registration.email.key, passwordHash };
}

/** Makes the account, or makes one that waits anew; a confirmed one is left as it is, and only locked. */
export async function openAccount(
	tx: Tx,
	newAccountId: AccountId,
	registration: Registration,
	passwordHash: string,
): Promise<{ readonly id: AccountId; readonly confirmed: boolean }> {
	if (await insertAccount(tx, newAccountId, registration, passwordHash)) {
		return { id: newAccountId, confirmed: false };
	}
	const account = await lockAccount(tx, registration.email);
	if (!account.confirmed) await renewAccount(tx, account.id, registration, passwordHash);
	return account;
}

const consentNow = { consent_version: CONSENT_VERSION, consented_at: sql<Instant>`clock_timestamp()` };

async function insertAccount(
	tx: Tx,
	id: AccountId,
	{ email, displayName, language }: Registration,
	passwordHash: string,
): Promise<boolean> {
	const inserted = await tx
		.insertInto('account')
		.values({
			id,
			email: email.address,
			email_key: email.key,
			password_hash: passwordHash,
			display_name: displayName,
			language,
			...consentNow,
		})
		.onConflict((conflict) => conflict.constraint('account_email_key_once').doNothing())
		.returning('id')
		.executeTakeFirst();
	return inserted !== undefined;
}

function lockAccount(tx: Tx, email: EmailAddress): Promise<{ id: AccountId; confirmed: boolean }> {
	return tx
		.selectFrom('account')
		.where('email_key', '=', email.key)
		.select(['id', sql<boolean>`email_confirmed_at is not null`.as('confirmed')])
		.forUpdate()
		.executeTakeFirstOrThrow();
}

/** The account becomes the latest registration's; links and sessions of an earlier one end. */
async function renewAccount(
	tx: Tx,
	accountId: AccountId,
	{ email, displayName, language }: Registration,
	passwordHash: string,
): Promise<void> {
	await tx.deleteFrom('one_time_token').where('account_id', '=', accountId).execute();
	await tx.deleteFrom('session').where('account_id', '=', accountId).execute();
	await tx
		.updateTable('account')
		.set({
			email: email.address,
			password_hash: passwordHash,
			display_name: displayName,
			language,
			...consentNow,
		})
		.where('id', '=', accountId)
		.execute();
}

async function noteBrowser(tx: Tx, accountId: AccountId, browser: string): Promise<void> {
	const browserHash = sha256(browser);
	await tx
		.insertInto('demonstration_browser')
		.values({ account_id: accountId, browser_hash: browserHash })
		.onConflict((conflict) =>
			conflict.constraint('demonstration_browser_pkey').doUpdateSet({ browser_hash: browserHash }),
		)
		.execute();
}
