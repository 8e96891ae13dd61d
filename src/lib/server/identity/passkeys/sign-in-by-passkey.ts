import {
	generateAuthenticationOptions,
	verifyAuthenticationResponse,
	type AuthenticationResponseJSON,
	type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { PasskeyRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities, Db } from '#lib/server/capabilities.ts';
import { makeChallenge, takeChallenge } from './challenge.ts';
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
 * Whose passkey has signed our challenge. The device has checked its user, so this is both factors at once. Whatever is not
 * right is refused in one word; the log says when a counter went back, which is what a copied key looks like.
 */
export async function signInByPasskey(
	app: App,
	response: AuthenticationResponseJSON,
): Promise<Result<{ readonly accountId: AccountId; readonly email: EmailAddress }, PasskeyRefusal>> {
	const no = refused({ code: 'passkey_refused' });
	const party = relyingParty(app.origin);
	const challenge = await takeChallenge(app.db, { purpose: 'sign_in' }, response.response.clientDataJSON);
	const passkey = await findByCredential(app.db, response.id);
	if (party === null || challenge === null || passkey === undefined) return no;
	const { accountId, email: address, emailKey, counter } = passkey;
	const { userHandle } = response.response;
	if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== accountId) return no;
	const counted = await verify(party, challenge, response, passkey);
	if (counted === null) return no;
	if (!(await moveCounter(app.db, passkey.credentialId, counted))) {
		app.log.warn({ accountId, kept: Number(counter), told: counted }, 'the counter of a passkey went back');
		return no;
	}
	return ok({ accountId, email: { address, key: emailKey } as EmailAddress });
}

type Known = NonNullable<Awaited<ReturnType<typeof findByCredential>>>;

function findByCredential(db: Db, credentialId: string) {
	return db
		.selectFrom('passkey')
		.innerJoin('account', 'account.id', 'passkey.account_id')
		.where('credential_id', '=', Buffer.from(credentialId, 'base64url'))
		.select(['credential_id as credentialId', 'public_key as publicKey', 'counter'])
		.select(['account.id as accountId', 'account.email', 'account.email_key as emailKey'])
		.executeTakeFirst();
}

/** @returns how often the device says it has signed; null when the signature, or what it is about, is not right. */
async function verify(
	{ id, origin }: RelyingParty,
	challenge: string,
	response: AuthenticationResponseJSON,
	{ publicKey }: Known,
): Promise<number | null> {
	const verified = await verifyAuthenticationResponse({
		...{ response, expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: id },
		requireUserVerification: true,
		// The counter is compared where it is kept, in one statement.
		credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: 0 },
	}).catch(() => null);
	return verified?.verified ? verified.authenticationInfo.newCounter : null;
}

/** Only forward; a device that does not count says 0 for ever. Of two answers with one number, one passes. */
async function moveCounter(db: Db, credentialId: Uint8Array, counted: number): Promise<boolean> {
	const moved = await db
		.updateTable('passkey')
		.set({ counter: BigInt(counted), last_used_at: sql<Instant>`clock_timestamp()` })
		.where('credential_id', '=', credentialId)
		.where(sql<boolean>`(counter < ${counted} or (counter = 0 and ${counted} = 0))`)
		.returning('id')
		.executeTakeFirst();
	return moved !== undefined;
}
