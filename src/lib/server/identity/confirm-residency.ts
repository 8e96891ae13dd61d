import { sql } from 'kysely';
import type { AccountId, CityId, MailId, PersonId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { MOVING_PAUSE_DAYS } from '#lib/domain/identity/moving.ts';
import type { ConfirmResidencyRefusal } from '#lib/domain/identity/refusals.ts';
import type { AgeBand, ResidencyMethod } from '#lib/domain/identity/words.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { queueMail } from '../mail/index.ts';
import { holdKindOfCodes } from './codes/kind.ts';
import { listOpenMethods, RESIDENCY_PROVERS, type ProofOf } from './residency/methods.ts';
import type { ProvenPerson, ResidencyProver } from './residency/method.ts';

type App = Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>;

export type ResidencyClaim<Method extends ResidencyMethod = ResidencyMethod> = {
	readonly [M in Method]: {
		readonly cityId: CityId;
		readonly method: M;
		readonly proof: ProofOf<M>;
		/** Told by the resident if they like, never derived. */
		readonly ageBand: AgeBand | null;
		/** They have read that their residency elsewhere ends. */
		readonly moving?: boolean;
	};
}[Method];

/**
 * Ties the account to the person that the proof stands for. The proof is used up only when all of it succeeds: a refusal
 * leaves the code good. An account has one city at a time, and so has a person, whatever their accounts: whoever moves
 * is a resident of the old city no more, by none of them. Ballots that were cast there stay. A person may stand behind
 * several accounts of a city and still votes once.
 */
export async function confirmResidency(
	app: App,
	{ actor }: Permit<'residency.confirm'>,
	claim: ResidencyClaim,
): Promise<Result<PersonId, ConfirmResidencyRefusal>> {
	const newPersonId = newId<PersonId>(app);
	return await transact<PersonId, ConfirmResidencyRefusal>(app.db, (tx) =>
		becomeResident(tx, app, actor.accountId, claim, newPersonId),
	);
}

/** The same, inside the transaction of whoever has more to do in it. */
export async function becomeResident(
	tx: Tx,
	app: Pick<App, 'clock' | 'random' | 'keys'>,
	accountId: AccountId,
	claim: ResidencyClaim,
	newPersonId: PersonId,
): Promise<Result<PersonId, ConfirmResidencyRefusal>> {
	await lockAccount(tx, accountId);
	await holdKindOfCodes(tx, claim.cityId);
	const open = await listOpenMethods(tx, claim.cityId);
	if (!open.includes(claim.method)) return refused({ code: 'residency_method_closed' });
	// Each method's own proof goes to its own prover; the union of them cannot say so.
	const prove = RESIDENCY_PROVERS[claim.method] as ResidencyProver<unknown, ConfirmResidencyRefusal>;
	const proven = await prove(tx, app.keys, { cityId: claim.cityId, accountId, proof: claim.proof });
	if (!proven.ok) return proven;
	const personId = await findOrAddPerson(tx, claim.cityId, newPersonId, proven.value);

	const current = await findCurrent(tx, accountId);
	const isRenewal = current?.cityId === claim.cityId && current.personId === personId && current.unlisted;
	if (current !== undefined && !isRenewal) {
		if (current.cityId === claim.cityId || !claim.moving) return refused({ code: 'residency_exists' });
		await leave(tx, accountId);
	}
	if (proven.value.identityKey !== null) {
		const settled = await settle(tx, proven.value.identityKey, claim, personId);
		if (!settled.ok) return settled;
	}
	await addResidency(tx, accountId, personId, claim);
	if (!isRenewal) await tellOthers(tx, app, accountId, claim.cityId, personId);
	return ok(personId);
}

/** Lines up what one account does in several windows at once. */
async function lockAccount(tx: Tx, accountId: AccountId): Promise<void> {
	await tx.selectFrom('account').where('id', '=', accountId).select('id').forNoKeyUpdate().execute();
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

type Current = { readonly cityId: CityId; readonly personId: PersonId; readonly unlisted: boolean };

function findCurrent(tx: Tx, accountId: AccountId): Promise<Current | undefined> {
	return tx
		.selectFrom('residency')
		.where('account_id', '=', accountId)
		.where('ended_at', 'is', null)
		.select(['city_id as cityId', 'person_id as personId'])
		.select(sql<boolean>`unlisted_at is not null`.as('unlisted'))
		.executeTakeFirst();
}

/**
 * Notes where the person lives. The row of `person_home` lines up two accounts of one person that move at once. Somebody
 * who lived elsewhere is a resident there no more, by whatever account; ballots that they cast there stay.
 */
async function settle(
	tx: Tx,
	identityKey: Uint8Array,
	{ cityId, moving = false }: Pick<ResidencyClaim, 'cityId' | 'moving'>,
	personId: PersonId,
): Promise<Result<null, ConfirmResidencyRefusal>> {
	const isFirst = await tx
		.insertInto('person_home')
		.values({ identity_key: identityKey, city_id: cityId, person_id: personId })
		.onConflict((conflict) => conflict.constraint('person_home_pkey').doNothing())
		.returning('city_id')
		.executeTakeFirst();
	if (isFirst !== undefined) return ok(null);
	const home = await tx
		.selectFrom('person_home')
		.where('identity_key', '=', identityKey)
		.select(['city_id as cityId', 'person_id as personId'])
		.select(
			sql<number>`ceil(extract(epoch from moved_at + make_interval(days => ${MOVING_PAUSE_DAYS})
				- clock_timestamp()) / 86400)::int`.as('daysLeft'),
		)
		.forUpdate()
		.executeTakeFirstOrThrow();
	if (home.cityId === cityId) return ok(null);
	// Null where they have never moved.
	if (home.daysLeft !== null && home.daysLeft > 0) {
		return refused({ code: 'residency_moved_lately', detail: home.daysLeft });
	}
	if (!moving) return refused({ code: 'residency_elsewhere' });
	await tx
		.updateTable('residency')
		.set(endNow)
		.where('city_id', '=', home.cityId)
		.where('person_id', '=', home.personId)
		.where('ended_at', 'is', null)
		.execute();
	await tx
		.updateTable('person_home')
		.set({ city_id: cityId, person_id: personId, moved_at: sql<Instant>`clock_timestamp()` })
		.where('identity_key', '=', identityKey)
		.execute();
	return ok(null);
}

const endNow = { ended_at: sql<Instant>`clock_timestamp()`, unlisted_at: null };

async function leave(tx: Tx, accountId: AccountId): Promise<void> {
	await tx
		.updateTable('residency')
		.set(endNow)
		.where('account_id', '=', accountId)
		.where('ended_at', 'is', null)
		.execute();
}

/** Whoever comes back to a city is there again as the person that they were. */
async function addResidency(
	tx: Tx,
	accountId: AccountId,
	personId: PersonId,
	{ cityId, method, ageBand }: ResidencyClaim,
): Promise<void> {
	const proven = { method, age_band: ageBand };
	await tx
		.insertInto('residency')
		.values({ city_id: cityId, account_id: accountId, person_id: personId, ...proven })
		.onConflict((conflict) =>
			conflict.constraint('residency_pkey').doUpdateSet({
				...proven,
				verified_at: sql<Instant>`clock_timestamp()`,
				ended_at: null,
				unlisted_at: null,
			}),
		)
		.execute();
}

/** More than anybody has of their own. */
const OTHERS_MAX = 20;

/** Tells the other accounts of the person: whoever knows an IIN can tie one to somebody else, and vote as them. */
async function tellOthers(
	tx: Tx,
	app: Pick<App, 'clock' | 'random'>,
	accountId: AccountId,
	cityId: CityId,
	personId: PersonId,
): Promise<void> {
	const others = await tx
		.selectFrom('residency')
		.where('city_id', '=', cityId)
		.where('person_id', '=', personId)
		.where('account_id', '<>', accountId)
		.where('ended_at', 'is', null)
		.select('account_id as accountId')
		.orderBy('verified_at')
		.orderBy('account_id')
		.limit(OTHERS_MAX)
		.execute();
	const message = { kind: 'residency_shared', parameters: {} } as const;
	for (const other of others)
		await queueMail(tx, { id: newId<MailId>(app), accountId: other.accountId, message });
}
