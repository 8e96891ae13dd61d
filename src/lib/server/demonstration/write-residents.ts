import type { AccountId, CityId, PersonId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { CONSENT_VERSION } from '#lib/domain/identity/consent.ts';
import { recordAct } from '../audit/index.ts';
import { toPersonKey } from '../identity/index.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { idAt } from './ids.ts';
import type { PlannedCity, SimulatedResident } from './plan.ts';
import type { StaffMember } from './staff.ts';

type App = Pick<Capabilities, 'random' | 'keys'>;

export type ResidentIds = { readonly accountId: AccountId; readonly personId: PersonId };

/** Accounts with a confirmed address and a verified residency. @returns who became who. */
export async function writeResidents(
	tx: Tx,
	app: App,
	cities: readonly PlannedCity[],
	passwordHash: string,
): Promise<ReadonlyMap<SimulatedResident, ResidentIds>> {
	const residents = cities.flatMap(({ cityId, residents }) =>
		residents.map((resident) => ({ ...resident, ...newIds(app, resident.registeredAt), cityId, resident })),
	);
	await tx
		.insertInto('account')
		.values(residents.map((resident) => toAccount(resident.accountId, resident, passwordHash)))
		.execute();
	await writeResidencies(tx, app, residents);
	return new Map(residents.map(({ resident, accountId, personId }) => [resident, { accountId, personId }]));
}

/**
 * The accounts that visitors of the demonstration may sign in to. @returns the official of each city.
 */
export async function writeStaff(
	tx: Tx,
	app: App,
	staff: readonly StaffMember[],
	passwordHash: string,
	registeredAt: Instant,
): Promise<ReadonlyMap<CityId, AccountId>> {
	const members = staff.map((member) => ({ ...member, ...newIds(app, registeredAt) }));
	await tx
		.insertInto('account')
		.values(
			members.map((member) =>
				toAccount(member.accountId, { ...member, language: 'kk', registeredAt }, passwordHash),
			),
		)
		.execute();
	const grants = members.flatMap(({ accountId, role, city }) =>
		role === 'resident' ? [] : [{ account_id: accountId, role, city_id: city, granted_at: registeredAt }],
	);
	await tx.insertInto('role_grant').values(grants).execute();
	await writeResidencies(
		tx,
		app,
		members.flatMap(({ accountId, personId, role, city, email }) =>
			role === 'resident' && city !== null
				? [{ accountId, personId, cityId: city, email, districtId: null, ageBand: null, registeredAt }]
				: [],
		),
	);
	for (const { account_id: id, role, city_id: cityId } of grants) {
		await recordAct(tx, app, {
			actorId: null,
			cityId,
			action: 'role.grant',
			subject: { kind: 'account', id },
			after: { role },
		});
	}
	return new Map(
		members.flatMap(({ role, city, accountId }) =>
			role === 'official' && city !== null ? [[city, accountId]] : [],
		),
	);
}

function newIds({ random }: App, registeredAt: Instant): ResidentIds {
	return { accountId: idAt<AccountId>(random, registeredAt), personId: idAt<PersonId>(random, registeredAt) };
}

function toAccount(
	id: AccountId,
	account: Pick<SimulatedResident, 'email' | 'displayName' | 'language' | 'registeredAt'>,
	passwordHash: string,
) {
	return {
		id,
		email: account.email,
		email_key: account.email,
		password_hash: passwordHash,
		display_name: account.displayName,
		language: account.language,
		created_at: account.registeredAt,
		email_confirmed_at: account.registeredAt,
		consented_at: account.registeredAt,
		consent_version: CONSENT_VERSION,
	};
}

type NewResidency = ResidentIds &
	Pick<SimulatedResident, 'email' | 'districtId' | 'ageBand' | 'registeredAt'> & { readonly cityId: CityId };

async function writeResidencies(tx: Tx, { keys }: App, residencies: readonly NewResidency[]): Promise<void> {
	await tx
		.insertInto('person')
		.values(
			residencies.map(({ cityId, personId, districtId, email }) => ({
				city_id: cityId,
				id: personId,
				person_key: toPersonKey(keys, cityId, `simulated ${email}`),
				district_id: districtId,
			})),
		)
		.execute();
	await tx
		.insertInto('residency')
		.values(
			residencies.map(({ cityId, accountId, personId, ageBand, registeredAt }) => ({
				city_id: cityId,
				account_id: accountId,
				person_id: personId,
				method: 'code' as const,
				age_band: ageBand,
				verified_at: registeredAt,
			})),
		)
		.execute();
}
