import { randomBytes } from 'node:crypto';
import type { Result } from '#lib/domain/base/result.ts';
import { parseInstant } from '#lib/domain/base/time.ts';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import type { InviteRefusal } from '#lib/domain/identity/refusals.ts';
import { inviteAdministrator } from '#lib/server/identity/index.ts';
import type { Instance } from './instance.ts';
import { asOwner } from './migrate.ts';

/** @returns what the link to the invitation carries. */
export async function inviteTo(
	instance: Instance,
	email: EmailAddress,
): Promise<Result<string, InviteRefusal>> {
	const { secretKey, personKey } = instance;
	return await asOwner(instance, (db) =>
		inviteAdministrator(
			{
				db,
				random: randomBytes,
				clock: () => parseInstant(new Date().toISOString()),
				keys: { secret: secretKey, person: personKey },
			},
			email,
		),
	);
}
