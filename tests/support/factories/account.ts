import { randomBytes } from 'node:crypto';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import { uuidV7, type AccountId, type CityId, type PersonId } from '#lib/domain/base/ids.ts';
import type { AgeBand, StaffRole } from '#lib/domain/identity/words.ts';
import type { Db } from '#lib/server/capabilities.ts';
import { aWord } from './city.ts';

const aFreshId = <Id extends string>() => uuidV7(Date.now(), randomBytes(16)) as Id;

/** An account with a confirmed address, as hooks would hand it on after sign-in. Nobody knows its password. */
export async function anAccount(
	db: Db,
	{
		emailConfirmed = true,
		displayName = 'Айгүл С.',
		grants = [],
		secondFactorGiven = true,
		accountId = aFreshId<AccountId>(),
	}: {
		emailConfirmed?: boolean;
		displayName?: string;
		/** What the session of `aSession` has too. */
		secondFactorGiven?: boolean;
		grants?: readonly { role: StaffRole; cityId: CityId | null }[];
		accountId?: AccountId;
	} = {},
): Promise<SignedIn> {
	const email = `${aWord('account')}@test.invalid`;
	await db
		.insertInto('account')
		.values({
			id: accountId,
			email,
			email_key: email,
			password_hash: 'no password',
			display_name: displayName,
			language: 'kk',
			email_confirmed_at: emailConfirmed ? new Date().toISOString() : null,
		} as never)
		.execute();
	if (grants.length > 0) {
		await db
			.insertInto('role_grant')
			.values(grants.map(({ role, cityId }) => ({ account_id: accountId, role, city_id: cityId })))
			.execute();
	}
	return {
		...{
			kind: 'signed_in',
			accountId,
			displayName,
			emailConfirmed,
			secondFactorGiven,
			consentIsCurrent: true,
		},
		...{ residency: null, grants },
	};
}

/** An official of this city's akimat, with a name that no page in any language takes for a foreign word. */
export function anOfficial(db: Db, cityId: CityId): Promise<SignedIn> {
	return anAccount(db, { displayName: 'Arman T.', grants: [{ role: 'official', cityId }] });
}

export type Resident = SignedIn & {
	readonly residency: { readonly cityId: CityId; readonly personId: PersonId };
};

/** An account whose residency in this city is confirmed; of a new person, or another account of one who is there. */
export async function aResident(
	db: Db,
	cityId: CityId,
	{
		personId,
		ageBand = null,
		...details
	}: { personId?: PersonId; ageBand?: AgeBand | null; displayName?: string } = {},
): Promise<Resident> {
	const account = await anAccount(db, details);
	const person = personId ?? (await aPerson(db, cityId));
	await db
		.insertInto('residency')
		.values({
			city_id: cityId,
			account_id: account.accountId,
			person_id: person,
			method: 'code',
			age_band: ageBand,
			ended_at: null,
		})
		.execute();
	return { ...account, residency: { cityId, personId: person } };
}

async function aPerson(db: Db, cityId: CityId): Promise<PersonId> {
	const personId = aFreshId<PersonId>();
	await db
		.insertInto('person')
		.values({ city_id: cityId, id: personId, person_key: randomBytes(32), district_id: null })
		.execute();
	return personId;
}
