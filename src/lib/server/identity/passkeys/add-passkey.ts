import {
	generateRegistrationOptions,
	verifyRegistrationResponse,
	type PublicKeyCredentialCreationOptionsJSON,
	type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { PasskeyId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { AddPasskeyRefusal, BeginPasskeyRefusal } from '#lib/domain/identity/refusals.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { provePassword } from '../own-password.ts';
import { tellOwner } from '../second-factor.ts';
import { makeChallenge, readChallenge, takeChallenge } from './challenge.ts';
import { holdAccount, PASSKEYS_MAX } from './passkeys.ts';
import { relyingParty } from './relying-party.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'origin'>;

/** What a device is asked to make, by who knows the password. It has to check its user, and to keep the key itself. */
export async function beginPasskey(
	app: App,
	{ actor: { accountId, displayName } }: Permit<'factor.manage'>,
	password: string,
): Promise<Result<PublicKeyCredentialCreationOptionsJSON, BeginPasskeyRefusal>> {
	const party = relyingParty(app.origin);
	if (party === null) return refused({ code: 'passkey_not_added' });
	const proven = await provePassword(app, accountId, password);
	if (!proven.ok) return proven;
	const known = await app.db
		.selectFrom('account')
		.leftJoin('passkey', 'passkey.account_id', 'account.id')
		.where('account.id', '=', accountId)
		.select(['account.email', 'passkey.credential_id as credentialId'])
		.orderBy('passkey.id')
		.limit(PASSKEYS_MAX)
		.execute();
	const existing = known.flatMap(({ credentialId }) => (credentialId === null ? [] : [credentialId]));
	if (existing.length >= PASSKEYS_MAX) return refused({ code: 'passkey_too_many' });
	const challenge = await makeChallenge(app, { purpose: 'add', accountId });
	return ok(
		await generateRegistrationOptions({
			...{ rpName: 'Ortaq Budget', rpID: party.id, attestationType: 'none' },
			...{ userName: known[0]!.email, userDisplayName: displayName },
			userID: new Uint8Array(Buffer.from(accountId)),
			challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
			excludeCredentials: existing.map((id) => ({ id: Buffer.from(id).toString('base64url') })),
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		}),
	);
}

/**
 * Keeps the public key that a device made in answer to our challenge. The owner is told by mail: it may not be theirs. Who
 * takes the account back meanwhile takes the challenge away, or this passkey.
 */
export async function addPasskey(
	app: App,
	{ actor: { accountId } }: Permit<'factor.manage'>,
	{ name, response }: { readonly name: string; readonly response: RegistrationResponseJSON },
): Promise<Result<null, AddPasskeyRefusal>> {
	const wanted = { purpose: 'add', accountId } as const;
	const credential = await verify(app, response);
	if (credential === null) {
		await takeChallenge(app.db, wanted, response.response.clientDataJSON);
		return refused({ code: 'passkey_not_added' });
	}
	return transact<null, AddPasskeyRefusal>(app.db, async (tx) => {
		await holdAccount(tx, accountId);
		const isOurs = await takeChallenge(tx, wanted, response.response.clientDataJSON);
		if (!isOurs) return refused({ code: 'passkey_not_added' });
		const added = await tx
			.insertInto('passkey')
			.values({ ...credential, id: newId<PasskeyId>(app), account_id: accountId, name })
			.onConflict((conflict) => conflict.constraint('passkey_pkey').doNothing())
			.returning('id')
			.executeTakeFirst();
		if (added === undefined) return refused({ code: 'passkey_not_added' });
		await tellOwner(tx, app, accountId, 'passkey_added');
		return ok(null);
	});
}

/** What to keep of the key; null unless it was made here, with a check of its user. Whether for our challenge is asked later. */
async function verify({ origin }: App, response: RegistrationResponseJSON) {
	const party = relyingParty(origin);
	const challenge = readChallenge(response.response.clientDataJSON);
	if (party === null || challenge === null) return null;
	// It throws at whatever is not right; a device's answer is a stranger's text.
	const verified = await verifyRegistrationResponse({
		...{ response, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id },
		requireUserVerification: true,
	}).catch(() => null);
	if (!verified?.verified) return null;
	const { id, publicKey, counter } = verified.registrationInfo.credential;
	return {
		credential_id: Buffer.from(id, 'base64url'),
		public_key: publicKey,
		counter: BigInt(counter),
	};
}
