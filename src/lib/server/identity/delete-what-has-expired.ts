import { sql } from 'kysely';
import type { Instant } from '#lib/domain/base/time.ts';
import { UNCONFIRMED_ACCOUNT_DAYS } from '#lib/domain/identity/consent.ts';
import { INVITATION_KEPT_DAYS } from '#lib/domain/identity/invitation.ts';
import type { Capabilities } from '../capabilities.ts';
import { deleteOldReceivers } from './codes/delete-old-receivers.ts';
import { deleteOldVisits } from './counter/reads.ts';
import { deleteOldFaults } from './residents/delete-old-faults.ts';
import { endUnlistedResidencies } from './residents/end-unlisted-residencies.ts';
import { deletePassedHalfSignIns } from './half-sign-in.ts';
import { deletePassedChallenges } from './passkeys/challenge.ts';
import { deleteExpiredSessions } from './session.ts';

/** A secret that no app has shown a code of was never in use. */
const BEGUN_FACTOR_DAYS = 1;

/** Sessions and links that no longer work, invitations long over, and accounts whose owner never confirmed the address. Safe to run at any time. */
export async function deleteWhatHasExpired({ db }: Pick<Capabilities, 'db'>): Promise<void> {
	await deleteExpiredSessions(db);
	await deleteOldFaults(db);
	await deleteOldReceivers(db);
	await deleteOldVisits(db);
	await endUnlistedResidencies(db);
	await deletePassedHalfSignIns(db);
	await deletePassedChallenges(db);
	await db
		.deleteFrom('one_time_token')
		.where('expires_at', '<=', sql<Instant>`clock_timestamp()`)
		.execute();
	await db
		.deleteFrom('totp')
		.where('confirmed_at', 'is', null)
		.where('begun_at', '<=', sql<Instant>`clock_timestamp() - make_interval(days => ${BEGUN_FACTOR_DAYS})`)
		.execute();
	await db
		.deleteFrom('invitation')
		.where(
			'expires_at',
			'<=',
			sql<Instant>`clock_timestamp() - make_interval(days => ${INVITATION_KEPT_DAYS})`,
		)
		.execute();
	await db
		.deleteFrom('account')
		.where('email_confirmed_at', 'is', null)
		.where(
			sql<Instant>`greatest(created_at, consented_at)`,
			'<=',
			sql<Instant>`clock_timestamp() - make_interval(days => ${UNCONFIRMED_ACCOUNT_DAYS})`,
		)
		.execute();
}
