import { sql } from 'kysely';
import type { AccountId } from '#lib/domain/base/ids.ts';
import type { Reader } from '../capabilities.ts';

/** More than anybody has of sessions, links or roles. */
const LIST_MAX = 10_000;

/**
 * What this area keeps of an account, table by table, for its owner. Left out are the hashes, which are secrets of a
 * kind, and the key of the person, which would tell whether two accounts belong together.
 */
export async function readOwnIdentity(reader: Reader, accountId: AccountId) {
	const [
		account,
		sessions,
		links,
		roles,
		residencies,
		codes,
		batches,
		visits,
		apps,
		recoveryCodes,
		invitations,
		imports,
		passkeys,
	] = await Promise.all([
		reader
			.selectFrom('account')
			.where('id', '=', accountId)
			.select(['id', 'email', 'display_name as displayName', 'language', 'created_at as createdAt'])
			.select(['email_confirmed_at as emailConfirmedAt'])
			.select(['consented_at as consentedAt', 'consent_version as consentVersion'])
			.executeTakeFirstOrThrow(),
		reader
			.selectFrom('session')
			.where('account_id', '=', accountId)
			.select(['created_at as startedAt', 'last_used_at as lastUsedAt', 'browser', 'system'])
			.orderBy('created_at')
			.orderBy('id')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('one_time_token')
			.where('account_id', '=', accountId)
			.select(['purpose', 'email', 'expires_at as expiresAt', 'used_at as usedAt'])
			.orderBy('expires_at')
			.orderBy('token_hash')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('role_grant')
			.where('account_id', '=', accountId)
			.select(['role', 'city_id as city', 'granted_at as grantedAt'])
			.orderBy('role')
			.orderBy('city_id')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('residency')
			.innerJoin('person', (join) =>
				join.onRef('person.city_id', '=', 'residency.city_id').onRef('person.id', '=', 'residency.person_id'),
			)
			.where('residency.account_id', '=', accountId)
			.select(['residency.city_id as city', 'person.district_id as district', 'residency.method'])
			.select(['residency.age_band as ageBand', 'residency.verified_at as confirmedAt'])
			.select('residency.ended_at as endedAt')
			.orderBy('residency.verified_at')
			.orderBy('residency.city_id')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('residency_code')
			.where('used_by', '=', accountId)
			.select(['city_id as city', 'district_id as district', 'used_at as usedAt'])
			.orderBy('used_at')
			.orderBy(sql`code_hash`)
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('residency_code_batch')
			.where((eb) =>
				eb.or([
					eb('asked_by', '=', accountId),
					eb('released_by', '=', accountId),
					eb('withdrawn_by', '=', accountId),
				]),
			)
			.select(['city_id as city', 'size as codes', 'asked_at as askedAt'])
			.select(['released_at as releasedAt', 'withdrawn_at as withdrawnAt'])
			.orderBy('asked_at')
			.orderBy('id')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('counter_visit')
			.where((eb) =>
				eb.or([
					eb('account_id', '=', accountId),
					eb('entered_by', '=', accountId),
					eb('confirmed_by', '=', accountId),
				]),
			)
			.select(['city_id as city', 'entered_at as enteredAt', 'confirmed_at as confirmedAt'])
			.orderBy('expires_at')
			.orderBy('id')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('totp')
			.where('account_id', '=', accountId)
			.select(['begun_at as begunAt', 'confirmed_at as confirmedAt'])
			.execute(),
		reader
			.selectFrom('recovery_code')
			.where('account_id', '=', accountId)
			.select('used_at as usedAt')
			.orderBy('used_at')
			.orderBy('code_hash')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('invitation')
			.where('accepted_by', '=', accountId)
			.select(['email', 'role', 'city_id as city', 'invited_at as invitedAt', 'accepted_at as acceptedAt'])
			.orderBy('invited_at')
			.orderBy('id')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('residents_import')
			.where('imported_by', '=', accountId)
			.select(['city_id as city', 'imported_at as importedAt', 'row_count as rows'])
			.orderBy('imported_at')
			.orderBy('id')
			.limit(LIST_MAX)
			.execute(),
		reader
			.selectFrom('passkey')
			.where('account_id', '=', accountId)
			.select(['name', 'added_at as addedAt', 'last_used_at as lastUsedAt'])
			.orderBy('added_at')
			.orderBy('id')
			.limit(LIST_MAX)
			.execute(),
	]);
	return {
		...{ account, sessions, links, roles, residencies, usedResidencyCodes: codes },
		residencyCodeBatches: batches,
		counterVisits: visits,
		...{ codeApps: apps, recoveryCodes, acceptedInvitations: invitations, residentsImports: imports },
		...{ passkeys },
	};
}
