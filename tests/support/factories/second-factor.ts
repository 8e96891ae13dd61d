import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import { parseInstant, type Instant } from '#lib/domain/base/time.ts';
import { parseAppCode, type AppCode } from '#lib/domain/identity/second-factor.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	codeOfStep,
	makeTotpSecret,
	sealTotpSecret,
	stepAt,
	type TotpSecret,
} from '#lib/server/identity/index.ts';

/** An app that is connected to the account, or only begun to be. @returns what the app keeps */
export async function aSecondFactor(
	{ db, keys, random }: Pick<Capabilities, 'db' | 'keys' | 'random'>,
	accountId: AccountId,
	{ confirmed = true } = {},
): Promise<TotpSecret> {
	const secret = makeTotpSecret(random);
	await db
		.insertInto('totp')
		.values({
			account_id: accountId,
			sealed_secret: sealTotpSecret(keys, random, accountId, secret),
			confirmed_at: confirmed ? sql<Instant>`clock_timestamp()` : null,
		})
		.execute();
	return secret;
}

/** What the app shows: now, or so many half minutes later or earlier. */
export function codeOf(secret: TotpSecret, steps = 0): AppCode {
	const now = stepAt(parseInstant(new Date().toISOString()));
	const code = parseAppCode(codeOfStep(secret, now + BigInt(steps)));
	if (!code.ok) throw new Error(code.refusal.code);
	return code.value;
}
