import {
	generateAuthenticationOptions,
	verifyAuthenticationResponse,
	type AuthenticationResponseJSON,
	type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { sql } from 'kysely';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { PasskeyRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities, Db, Tx } from '#lib/server/capabilities.ts';
import { transact } from '#lib/server/db/transact.ts';
import { startSession, type CookieJar } from '../session.ts';
import { makeChallenge, readChallenge, takeChallenge } from './challenge.ts';
import { holdAccount } from './passkeys.ts';
import { relyingParty, type RelyingParty } from './relying-party.ts';

type App = Pick<Capabilities, 'db' | 'random' | 'origin' | 'log'>;

/** Asks for any passkey of this site: whose it is the device says, so nobody learns who has an account. */
export async function beginPasskeySignIn(app: App): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
	const party = relyingParty(app.origin);
	if (party === null) return null;
	const challenge = await makeChallenge(app, { purpose: 'sign_in' });
	return await generateAuthenticationOptions({
		...{ rpID: party.id, userVerification: 'required' },
		challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
	});
}

/**
 * Starts a session for whose passkey has signed our challenge. The device has checked its user, so this is both factors at
 * once. Whatever is not right is refused in one word; the log says when a counter went back, which is what a copied key
 * looks like. @returns the address, so that this device is known as its owner's.
 */
export async function signInByPasskey(
	app: App,
	cookies: CookieJar,
	response: AuthenticationResponseJSON,
	userAgent: string | null,
): Promise<Result<EmailAddress, PasskeyRefusal>> {
	const no = refused({ code: 'passkey_refused' });
	const party = relyingParty(app.origin);
	const { clientDataJSON, userHandle } = response.response;
	const isOurs = await takeChallenge(app.db, { purpose: 'sign_in' }, clientDataJSON);
	const passkey = await findByCredential(app.db, response.id);
	if (party === null || !isOurs || passkey === undefined) return no;
	if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== passkey.accountId) return no;
	const counted = await verify(party, response, passkey);
	if (counted === null) return no;
	return await exchange(app, cookies, { passkey, counted }, userAgent);
}

/**
 * The answer of a passkey for a session, both in one transaction that holds the account: who removes the passkey, or sets
 * a new password, does it either before, and then there is nothing to exchange, or after, and then ends this session too.
 */
function exchange(
	app: App,
	cookies: CookieJar,
	{ passkey: { accountId, credentialId, email, emailKey }, counted }: { passkey: Known; counted: number },
	userAgent: string | null,
): Promise<Result<EmailAddress, PasskeyRefusal>> {
	return transact<EmailAddress, PasskeyRefusal>(app.db, async (tx) => {
		await holdAccount(tx, accountId);
		const kept = await lockCounter(tx, credentialId);
		if (kept === null) return refused({ code: 'passkey_refused' });
		// Only forward; a device that does not count says 0 for ever.
		if (counted <= kept && !(counted === 0 && kept === 0)) {
			app.log.warn({ accountId, kept, told: counted }, 'the counter of a passkey went back');
			return refused({ code: 'passkey_refused' });
		}
		await tx
			.updateTable('passkey')
			.set({ counter: BigInt(counted), last_used_at: sql<Instant>`clock_timestamp()` })
			.where('credential_id', '=', credentialId)
			.execute();
		await startSession({ ...app, db: tx }, cookies, accountId, userAgent, true);
		return ok({ address: email, key: emailKey } as EmailAddress);
	});
}

/** Of two answers with one number, the second waits here and finds it told. @returns null when the passkey is gone. */
async function lockCounter(tx: Tx, credentialId: Uint8Array): Promise<number | null> {
	const row = await tx
		.selectFrom('passkey')
		.where('credential_id', '=', credentialId)
		.select('counter')
		.forUpdate()
		.executeTakeFirst();
	return row === undefined ? null : Number(row.counter);
}

type Known = NonNullable<Awaited<ReturnType<typeof findByCredential>>>;

function findByCredential(db: Db, credentialId: string) {
	return db
		.selectFrom('passkey')
		.innerJoin('account', 'account.id', 'passkey.account_id')
		.where('credential_id', '=', Buffer.from(credentialId, 'base64url'))
		.select(['credential_id as credentialId', 'public_key as publicKey'])
		.select(['account.id as accountId', 'account.email', 'account.email_key as emailKey'])
		.executeTakeFirst();
}

/** @returns how often the device says it has signed; null when the signature, or what it is about, is not right. */
async function verify(
	{ id, origin }: RelyingParty,
	response: AuthenticationResponseJSON,
	{ publicKey }: Known,
): Promise<number | null> {
	const challenge = readChallenge(response.response.clientDataJSON);
	if (challenge === null) return null;
	const verified = await verifyAuthenticationResponse({
		...{ response, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id },
		requireUserVerification: true,
		// The counter is compared where it is kept, in one statement.
		credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: 0 },
	}).catch(() => null);
	return verified?.verified ? verified.authenticationInfo.newCounter : null;
}
