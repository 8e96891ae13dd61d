import { randomBytes } from 'node:crypto';
import type { Result } from '#lib/domain/base/result.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import { resetSecondFactor as reset } from '#lib/server/identity/index.ts';
import type { Instance } from './instance.ts';
import { asOwner } from './migrate.ts';

/** By the operator, for an owner who has lost everything but the password. */
export async function resetSecondFactor(
	instance: Instance,
	email: EmailAddress,
): Promise<Result<null, { readonly code: 'factor_not_begun' }>> {
	return await asOwner(instance, (db) => {
		const clock = () => parseInstant(new Date().toISOString());
		return reset({ db, clock, random: randomBytes }, email);
	});
}
