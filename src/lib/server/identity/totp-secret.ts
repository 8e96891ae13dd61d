import { Secret, TOTP } from 'otpauth';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { AppCode } from '#lib/domain/identity/second-factor.ts';
import type { Keys, Random } from '../capabilities.ts';
import { seal, unseal } from '../sealed.ts';

/** What app and server share, as apps read it: in base 32. */
export type TotpSecret = string;

/** As long as the hash that makes the codes (RFC 4226, section 4). */
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
/** Clocks of telephones are off, and typing takes time: the code before and the one after count too. */
const SKEW_STEPS = 1;
const ISSUER = 'Ortaq Budget';

export function makeTotpSecret(random: Random): TotpSecret {
	return new Secret({ buffer: Uint8Array.from(random(SECRET_BYTES)).buffer }).base32;
}

export function sealTotpSecret(
	keys: Keys,
	random: Random,
	accountId: AccountId,
	secret: TotpSecret,
): Uint8Array {
	return seal(keys, random, sealOf(accountId), Secret.fromBase32(secret).bytes);
}

export function openTotpSecret(keys: Keys, accountId: AccountId, sealed: Uint8Array): TotpSecret {
	const bytes = unseal(keys, sealOf(accountId), sealed);
	return new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;
}

const sealOf = (owner: AccountId) => ({ purpose: 'totp secret 1', owner });

/** The address that an app reads from the square code: whose account it is, and the secret. */
export function totpAddress(secret: TotpSecret, label: string): string {
	return toTotp(secret, label).toString();
}

/** Half minutes since 1970: each has one code. */
export function stepAt(now: Instant): bigint {
	return BigInt(Math.floor(Date.parse(now) / 1000 / STEP_SECONDS));
}

/** What an app with this secret shows in that half minute. */
export function codeOfStep(secret: TotpSecret, step: bigint): string {
	return toTotp(secret).generate({ timestamp: Number(step) * STEP_SECONDS * 1000 });
}

/** The half minute that the code belongs to; null when it is none of the three that count now. */
export function findTotpStep(secret: TotpSecret, code: AppCode, now: Instant): bigint | null {
	const delta = toTotp(secret).validate({ token: code, timestamp: Date.parse(now), window: SKEW_STEPS });
	return delta === null ? null : stepAt(now) + BigInt(delta);
}

/** SHA-1, six digits, half a minute: the only kind that every app knows (RFC 6238). */
function toTotp(secret: TotpSecret, label = ''): TOTP {
	return new TOTP({
		issuer: ISSUER,
		label,
		algorithm: 'SHA1',
		digits: 6,
		period: STEP_SECONDS,
		secret: Secret.fromBase32(secret),
	});
}
