import { hash, verify } from '@node-rs/argon2';
import type { Password } from '#lib/domain/identity/password.ts';

/** argon2id with 19 MiB and two passes (OWASP, password storage): about 11 ms and 19 MiB for each attempt. */
const ARGON2ID = 2;
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of a password that nobody has, made at the same cost: what an unknown address is checked against. */
const NOBODYS_HASH =
	'$argon2id$v=19$m=19456,t=2,p=1$NYZKmMx7v2bM/bJdhYQ04g$8X8sRSAbbgVqqqsIkgDxQCk5JSznBtu5r7ji5XDx3/k';

/** How a hash of ours begins: algorithm, version and cost. */
const COST_OF_HASH = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;

/** True for a hash made before the cost was changed. It is made anew when its password is at hand: at the next sign-in. */
export function isOutdated(stored: string): boolean {
	return !stored.startsWith(COST_OF_HASH);
}

export function hashPassword(password: Password): Promise<string> {
	return hash(password, COST);
}

/** Does the same work, and takes as long, when there is no account or no password that could be right. */
export async function isPasswordRight(stored: string | null, password: Password | null): Promise<boolean> {
	const matches = await verify(stored ?? NOBODYS_HASH, password ?? '');
	return matches && stored !== null && password !== null;
}
