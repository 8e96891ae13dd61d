import type { AccountId, CityId, PersonId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { ConfirmResidencyRefusal } from '#lib/domain/identity/refusals.ts';
import type { AgeBand, ResidencyMethod } from '#lib/domain/identity/words.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { violates } from '../db/constraints.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { RESIDENCY_PROVERS, type ProofOf } from './residency/methods.ts';
import type { ProvenPerson } from './residency/method.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;

export type ResidencyClaim<Method extends ResidencyMethod = ResidencyMethod> = {
	readonly cityId: CityId;
	readonly method: Method;
	readonly proof: ProofOf<Method>;
	/** Told by the resident if they like, never derived. */
	readonly ageBand: AgeBand | null;
};

/**
 * Ties the account to the person that the proof stands for. The proof is used up only when all of it succeeds: a refusal
 * leaves the code good. An account has one city at a time; a person may stand behind several accounts and still votes
 * once.
 */
export async function confirmResidency(
	app: App,
	{ actor }: Permit<'residency.confirm'>,
	claim: ResidencyClaim,
): Promise<Result<PersonId, ConfirmResidencyRefusal>> {
	const { accountId } = actor;
	const newPersonId = newId<PersonId>(app);
	try {
		return await transact<PersonId, ConfirmResidencyRefusal>(app.db, async (tx) => {
			const prove = RESIDENCY_PROVERS[claim.method];
			const proven = await prove(tx, app.keys, { cityId: claim.cityId, accountId, proof: claim.proof });
			if (!proven.ok) return proven;
			const personId = await findOrAddPerson(tx, claim.cityId, newPersonId, proven.value);
			await addResidency(tx, accountId, personId, claim);
			return ok(personId);
		});
	} catch (error) {
		const hasOne = violates(error, 'residency_one_city_per_account') || violates(error, 'residency_pkey');
		if (hasOne) return refused({ code: 'residency_exists' });
		throw error;
	}
}

async function findOrAddPerson(
	tx: Tx,
	cityId: CityId,
	newPersonId: PersonId,
	{ personKey, districtId }: ProvenPerson,
): Promise<PersonId> {
	const { id } = await tx
		.insertInto('person')
		.values({ city_id: cityId, id: newPersonId, person_key: personKey, district_id: districtId })
		.onConflict((conflict) =>
			conflict.constraint('person_key_once').doUpdateSet((eb) => ({
				district_id: eb.fn.coalesce('excluded.district_id', 'person.district_id'),
			})),
		)
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

async function addResidency(
	tx: Tx,
	accountId: AccountId,
	personId: PersonId,
	{ cityId, method, ageBand }: ResidencyClaim,
): Promise<void> {
	await tx
		.insertInto('residency')
		.values({ city_id: cityId, account_id: accountId, person_id: personId, method, age_band: ageBand })
		.execute();
}
