import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import {
	formatRecoveryCode,
	makeRecoveryCode,
	RECOVERY_CODE_ENTROPY,
	RECOVERY_CODES,
	type RecoveryCode,
} from '#lib/domain/identity/recovery-code.ts';
import type { Capabilities, Db, Keys, Tx } from '../capabilities.ts';
import { hmac } from '../digest.ts';

/** Ten new codes; those before are void. They are told here once: only their keyed hashes are kept. */
export async function replaceRecoveryCodes(
	tx: Tx,
	{ keys, random }: Pick<Capabilities, 'keys' | 'random'>,
	accountId: AccountId,
): Promise<string[]> {
	const codes = Array.from({ length: RECOVERY_CODES }, () => makeRecoveryCode(random(RECOVERY_CODE_ENTROPY)));
	await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
	await tx
		.insertInto('recovery_code')
		.values(
			codes.map((code) => ({
				account_id: accountId,
				code_hash: hashCode(keys, accountId, code),
				used_at: null,
			})),
		)
		.execute();
	return codes.map(formatRecoveryCode);
}

/** One statement uses a code up, so of two requests at once one gets it. @returns whether it was one. */
export async function takeRecoveryCode(
	{ db, keys }: { readonly db: Db; readonly keys: Keys },
	accountId: AccountId,
	code: RecoveryCode,
): Promise<boolean> {
	const taken = await db
		.updateTable('recovery_code')
		.set({ used_at: sql<Instant>`clock_timestamp()` })
		.where('account_id', '=', accountId)
		.where('code_hash', '=', hashCode(keys, accountId, code))
		.where('used_at', 'is', null)
		.returning('account_id')
		.executeTakeFirst();
	return taken !== undefined;
}

function hashCode(keys: Keys, accountId: AccountId, code: RecoveryCode): Uint8Array {
	return hmac(keys.secret, 'recovery-code', accountId, code);
}
