import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities, Db } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';

const CHALLENGE_BYTES = 32;
const MINUTES = 5;

export type ChallengeFor =
	{ readonly purpose: 'sign_in' } | { readonly purpose: 'add'; readonly accountId: AccountId };

const ownerOf = (wanted: ChallengeFor): AccountId | null =>
	wanted.purpose === 'add' ? wanted.accountId : null;

/** What a device has to sign, so that an answer of yesterday, or to somebody else, is none. */
export async function makeChallenge(
	{ db, random }: Pick<Capabilities, 'db' | 'random'>,
	wanted: ChallengeFor,
): Promise<string> {
	const challenge = Buffer.from(random(CHALLENGE_BYTES)).toString('base64url');
	await db
		.insertInto('passkey_challenge')
		.values({
			challenge_hash: sha256(challenge),
			purpose: wanted.purpose,
			account_id: ownerOf(wanted),
			expires_at: sql<Instant>`clock_timestamp() + make_interval(mins => ${MINUTES})`,
		})
		.execute();
	return challenge;
}

/** What a device says it has signed; whether it did, its signature tells. Null when it says nothing that can be read. */
export function readChallenge(clientDataJSON: string): string | null {
	try {
		const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as {
			challenge?: unknown;
		};
		return typeof challenge === 'string' ? challenge : null;
	} catch {
		return null;
	}
}

/** Uses up the challenge that an answer names. @returns whether we made it for this, and it was neither used nor over. */
export async function takeChallenge(db: Db, wanted: ChallengeFor, clientDataJSON: string): Promise<boolean> {
	const taken = await db
		.deleteFrom('passkey_challenge')
		.where('challenge_hash', '=', sha256(readChallenge(clientDataJSON) ?? ''))
		.where('purpose', '=', wanted.purpose)
		.where('account_id', 'is not distinct from', ownerOf(wanted))
		.where('expires_at', '>', sql<Instant>`clock_timestamp()`)
		.returning('challenge_hash')
		.executeTakeFirst();
	return taken !== undefined;
}

/** Rows that no request can use any more. */
export async function deletePassedChallenges(db: Db): Promise<void> {
	await db
		.deleteFrom('passkey_challenge')
		.where('expires_at', '<=', sql<Instant>`clock_timestamp()`)
		.execute();
}
