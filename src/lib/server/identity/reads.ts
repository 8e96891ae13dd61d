import { sql } from 'kysely';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { AgeBand } from '#lib/domain/identity/words.ts';
import type { Reader } from '../capabilities.ts';
import { sha256 } from '../digest.ts';

export type OwnAccount = {
	readonly email: string;
	readonly displayName: string;
	readonly language: Language;
	readonly createdAt: Instant;
	/** Which text about personal data was agreed to, and when; null for accounts of a simulation. */
	readonly consent: { readonly version: string; readonly at: Instant } | null;
	readonly residency: OwnResidency | null;
};

export type OwnResidency = {
	readonly cityId: CityId;
	readonly ageBand: AgeBand | null;
	readonly verifiedAt: Instant;
	/** Since when a new list of residents lacks the person; null as long as it names them. */
	readonly unlistedAt: Instant | null;
};

/** What an account may see of itself. */
export async function getOwnAccount(reader: Reader, accountId: AccountId): Promise<OwnAccount> {
	const row = await reader
		.selectFrom('account')
		.leftJoin('residency', (join) =>
			join.onRef('residency.account_id', '=', 'account.id').on('residency.ended_at', 'is', null),
		)
		.where('account.id', '=', accountId)
		.select(['account.email', 'account.display_name as displayName', 'account.created_at as createdAt'])
		.select(['account.language', 'account.consent_version as version', 'account.consented_at as at'])
		.select(['residency.city_id as cityId', 'residency.age_band as ageBand'])
		.select(['residency.verified_at as verifiedAt', 'residency.unlisted_at as unlistedAt'])
		.executeTakeFirstOrThrow();
	const { email, displayName, language, createdAt, version, at, cityId, ageBand, verifiedAt, unlistedAt } =
		row;
	const consent = version === null || at === null ? null : { version, at };
	const residency =
		cityId === null || verifiedAt === null ? null : { cityId, ageBand, verifiedAt, unlistedAt };
	return { email, displayName, language, createdAt, consent, residency };
}

/** What a link from a mail still does: confirm the address of this account, or nothing any more. */
export type Confirmation =
	| { readonly state: 'waiting'; readonly displayName: string }
	| { readonly state: 'confirmed' | 'expired' | 'unknown' };

export async function findConfirmation(reader: Reader, token: string): Promise<Confirmation> {
	const row = await reader
		.selectFrom('one_time_token')
		.innerJoin('account', 'account.id', 'one_time_token.account_id')
		.where('one_time_token.token_hash', '=', sha256(token))
		.where('one_time_token.purpose', '=', 'confirm_email')
		.select('account.display_name as displayName')
		.select(sql<boolean>`account.email_confirmed_at is not null`.as('confirmed'))
		.select(sql<boolean>`one_time_token.expires_at <= clock_timestamp()`.as('expired'))
		.executeTakeFirst();
	if (row === undefined) return { state: 'unknown' };
	if (row.confirmed) return { state: 'confirmed' };
	return row.expired ? { state: 'expired' } : { state: 'waiting', displayName: row.displayName };
}
