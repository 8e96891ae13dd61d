import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { AccountId, CityId, DistrictId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { MOVING_PAUSE_DAYS } from '#lib/domain/identity/moving.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import {
	confirmResidency,
	listResidencyMethods,
	toIdentityKey,
	toPersonKey,
	type ResidencyClaim,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import type { Resident } from '#tests/support/factories/account.ts';
import { aSubmission, cast, readVotes } from '#tests/support/factories/ballot.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation, type MadeConsultation } from '#tests/support/factories/consultation.ts';
import { aCode, registerAndConfirm, signedIn } from '#tests/support/factories/registration.ts';
import { giveAnonymousCodes } from '#tests/support/factories/residency-codes.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { permitFor } from '#tests/support/permit.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterAll(async () => {
	await database.close();
});

const numbers = artificialIins();
const aNumber = () => numbers.next().value as Iin;

/** A city whose list names these people. */
async function aCityWith(...iins: readonly Iin[]): Promise<CityId> {
	const cityId = await aCity(app.db);
	await importFile(app, cityId, aListFile(iins));
	return cityId;
}

async function confirm(accountId: AccountId, claim: Omit<ResidencyClaim, 'ageBand'>) {
	const permit = permitFor(await signedIn(app, accountId), 'residency.confirm', { cityId: null });
	return await confirmResidency(app, permit, { ...claim, ageBand: null } as ResidencyClaim);
}

const byIin = (cityId: CityId, proof: Iin, moving = false) =>
	({ cityId, method: 'iin', proof, moving }) as const;

const byCode = async (cityId: CityId, identity: string | null, moving = false) =>
	({ cityId, method: 'code', proof: await aCode(app, cityId, { identity }), moving }) as const;

/** A new account, confirmed. */
async function aResidentBy(claim: Omit<ResidencyClaim, 'ageBand'>): Promise<AccountId> {
	const accountId = await registerAndConfirm(app);
	expect(await confirm(accountId, claim)).toMatchObject({ ok: true });
	return accountId;
}

/** As hooks see the account now. */
const now = async (accountId: AccountId) => (await signedIn(app, accountId)) as Resident;

const homeOf = async (accountId: AccountId) => (await signedIn(app, accountId)).residency?.cityId ?? null;

let ticks = 0;
const vote = async (consultation: MadeConsultation, who: Resident, option: string) =>
	await cast(app.db, consultation, who, [option], aSubmission(Date.now() - 60_000 + ++ticks));

const choices = async (consultation: MadeConsultation) =>
	(await readVotes(app.db, consultation)).current.map(({ optionIds }) => optionIds);

describe('the IIN as proof of residency', () => {
	it('makes a resident of who is on the list, with the district it tells', async () => {
		const cityId = 'almaty' as CityId;
		const iin = aNumber();
		await importFile(app, cityId, aListFile([[iin, 'Медеу ауданы']]));
		const { residency } = await now(await aResidentBy(byIin(cityId, iin)));
		const person = await app.db
			.selectFrom('person')
			.where('id', '=', residency.personId)
			.select('district_id as districtId')
			.executeTakeFirst();
		expect(person).toEqual({ districtId: 'medeu' as DistrictId });
	});

	it('is refused to who is not, or is on the list of another city', async () => {
		const [listed, other] = [aNumber(), aNumber()];
		const cityId = await aCityWith(listed);
		await aCityWith(other);
		const accountId = await registerAndConfirm(app);
		for (const iin of [aNumber(), other]) {
			expect(await confirm(accountId, byIin(cityId, iin))).toEqual(
				refused({ code: 'residency_iin_unlisted' }),
			);
		}
	});

	it('is offered where there is a list', async () => {
		expect(await listResidencyMethods(app, await aCityWith(aNumber()))).toEqual(['iin', 'code']);
		expect(await listResidencyMethods(app, await aCity(app.db))).toEqual(['code']);
	});

	it('A06 stands in the database neither as it is nor as a plain hash', async () => {
		const iin = aNumber();
		const cityId = await aCityWith(iin);
		await aResidentBy(byIin(cityId, iin));
		const keys = [toPersonKey(app.keys, cityId, iin), toIdentityKey(app.keys, iin)];
		for (const table of ['listed_person', 'person', 'person_home', 'residency', 'residency_code']) {
			const { rows } = await sql<{
				row: string;
			}>`select t::text as row from ${sql.table(table)} as t`.execute(app.db);
			const all = rows.map(({ row }) => row).join('\n');
			expect(all).not.toContain(iin);
			expect(all).not.toContain(Buffer.from(sha256(iin)).toString('hex'));
			if (table === 'person') expect(all).toContain(Buffer.from(keys[0]!).toString('hex'));
			if (table === 'person_home') expect(all).toContain(Buffer.from(keys[1]!).toString('hex'));
		}
	});
});

describe('E05 one person casts one ballot', () => {
	// Red without `unique (city_id, person_key)`, or with a key that knows the method.
	it('by two accounts', async () => {
		const iin = aNumber();
		const cityId = await aCityWith(iin);
		const consultation = await aConsultation(database, cityId);
		const first = await now(await aResidentBy(byIin(cityId, iin)));
		const second = await now(await aResidentBy(byIin(cityId, iin)));
		expect(second.residency).toEqual(first.residency);
		expect(await vote(consultation, first, '04')).toEqual(ok('cast'));
		expect(await vote(consultation, second, '06')).toEqual(ok('cast'));
		expect(await choices(consultation)).toEqual([['06']]);
	});

	it('by two methods', async () => {
		const iin = aNumber();
		const cityId = await aCityWith(iin);
		const consultation = await aConsultation(database, cityId);
		const online = await now(await aResidentBy(byIin(cityId, iin)));
		const onPaper = await now(await aResidentBy(await byCode(cityId, iin)));
		expect(onPaper.residency).toEqual(online.residency);
		await Promise.all([vote(consultation, online, '04'), vote(consultation, onPaper, '06')]);
		expect((await readVotes(app.db, consultation)).participations).toHaveLength(1);
		expect(await choices(consultation)).toHaveLength(1);
	});

	it('by two methods at the same instant', async () => {
		const iin = aNumber();
		const cityId = await aCityWith(iin);
		const accounts = [await registerAndConfirm(app), await registerAndConfirm(app)] as const;
		const [first, second] = await Promise.all([
			confirm(accounts[0], byIin(cityId, iin)),
			confirm(accounts[1], await byCode(cityId, iin)),
		]);
		expect(first).toMatchObject({ ok: true });
		expect(second).toEqual(first);
	});
});

describe('E05 who moves', () => {
	it('must say so: nothing ends by mistake', async () => {
		const iin = aNumber();
		const [here, there] = [await aCityWith(iin), await aCityWith(iin)];
		const accountId = await aResidentBy(byIin(here, iin));
		expect(await confirm(accountId, byIin(there, iin))).toEqual(refused({ code: 'residency_exists' }));
		const another = await registerAndConfirm(app);
		expect(await confirm(another, byIin(there, iin))).toEqual(refused({ code: 'residency_elsewhere' }));
		expect(await homeOf(accountId)).toBe(here);
		expect(await homeOf(another)).toBeNull();
	});

	// Red without the update of residencies in `settle`.
	it('is a resident of the old city no more, by none of their accounts; the ballot stays', async () => {
		const iin = aNumber();
		const [here, there] = [await aCityWith(iin), await aCityWith(iin)];
		const consultation = await aConsultation(database, here);
		const [first, second] = [await aResidentBy(byIin(here, iin)), await aResidentBy(byIin(here, iin))];
		const before = await now(second);
		expect(await vote(consultation, await now(first), '04')).toEqual(ok('cast'));
		expect(await confirm(first, byIin(there, iin, true))).toMatchObject({ ok: true });
		expect(await homeOf(first)).toBe(there);
		expect(await homeOf(second)).toBeNull();
		// A request that was under way knows the old residency still; the database knows better.
		expect(await vote(consultation, before, '06')).toEqual(refused({ code: 'residency_missing' }));
		expect(await choices(consultation)).toEqual([['04']]);
	});

	// Red without the pause in `settle`.
	it('cannot go back while the vote they left goes on, neither by this account nor by a new one', async () => {
		const iin = aNumber();
		const [here, there] = [await aCityWith(iin), await aCityWith(iin)];
		const accountId = await aResidentBy(byIin(here, iin));
		await confirm(accountId, byIin(there, iin, true));
		const lately = refused({ code: 'residency_moved_lately', detail: MOVING_PAUSE_DAYS });
		expect(await confirm(accountId, byIin(here, iin, true))).toEqual(lately);
		expect(await confirm(await registerAndConfirm(app), await byCode(here, iin, true))).toEqual(lately);
		expect(await homeOf(accountId)).toBe(there);
	});

	it('is the same person when they come back later, and changes the ballot that they cast', async () => {
		const iin = aNumber();
		const [here, there] = [await aCityWith(iin), await aCityWith(iin)];
		const consultation = await aConsultation(database, here);
		const accountId = await aResidentBy(byIin(here, iin));
		const { residency } = await now(accountId);
		await vote(consultation, await now(accountId), '04');
		await confirm(accountId, byIin(there, iin, true));
		await app.db
			.updateTable('person_home')
			.set({ moved_at: sql<Instant>`clock_timestamp() - make_interval(days => ${MOVING_PAUSE_DAYS})` })
			.where('identity_key', '=', toIdentityKey(app.keys, iin))
			.execute();
		expect(await confirm(accountId, byIin(here, iin, true))).toMatchObject({ ok: true });
		expect((await now(accountId)).residency).toEqual(residency);
		expect(await vote(consultation, await now(accountId), '06')).toEqual(ok('cast'));
		expect(await choices(consultation)).toEqual([['06']]);
	});

	it('by two accounts to two cities at once lives in one of them', async () => {
		const iin = aNumber();
		const [old, here, there] = [await aCityWith(iin), await aCityWith(iin), await aCityWith(iin)];
		const accounts = [await aResidentBy(byIin(old, iin)), await aResidentBy(byIin(old, iin))] as const;
		const outcomes = await Promise.all([
			confirm(accounts[0], byIin(here, iin, true)),
			confirm(accounts[1], byIin(there, iin, true)),
		]);
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		const homes = await Promise.all(accounts.map(homeOf));
		expect(homes.filter((home) => home !== null)).toHaveLength(1);
	});

	// Red without `voted_as_another` in cast_ballot.
	it('and comes back with an anonymous code cannot vote beside the ballot of before', async () => {
		const [here, there] = [await aCity(app.db), await aCity(app.db)];
		for (const cityId of [here, there]) await giveAnonymousCodes(app.db, cityId);
		const consultation = await aConsultation(database, here);
		const accountId = await aResidentBy(await byCode(here, null));
		await vote(consultation, await now(accountId), '04');
		expect(await confirm(accountId, await byCode(there, null, true))).toMatchObject({ ok: true });
		expect(await confirm(accountId, await byCode(here, null, true))).toMatchObject({ ok: true });
		expect(await vote(consultation, await now(accountId), '06')).toEqual(
			refused({ code: 'voted_as_another' }),
		);
		expect(await choices(consultation)).toEqual([['04']]);
		const next = await aConsultation(database, here);
		expect(await vote(next, await now(accountId), '06')).toEqual(ok('cast'));
	});
});

describe('E06 a ballot stays and is counted', () => {
	async function aVoter() {
		const [iin, ...others] = Array.from({ length: 20 }, aNumber) as [Iin, ...Iin[]];
		const cityId = await aCityWith(iin, ...others);
		const consultation = await aConsultation(database, cityId);
		const accountId = await aResidentBy(byIin(cityId, iin));
		await vote(consultation, await now(accountId), '04');
		return { cityId, others, consultation, accountId };
	}

	it('when a new list lacks its voter, who may still change it', async () => {
		const { cityId, others, consultation, accountId } = await aVoter();
		await importFile(app, cityId, aListFile(others));
		expect(await choices(consultation)).toEqual([['04']]);
		expect(await vote(consultation, await now(accountId), '06')).toEqual(ok('cast'));
		expect(await choices(consultation)).toEqual([['06']]);
	});

	it('when the residency ends, which cannot change it any more', async () => {
		const { consultation, accountId } = await aVoter();
		const before = await now(accountId);
		await app.db
			.updateTable('residency')
			.set({ ended_at: sql<Instant>`clock_timestamp()` })
			.where('account_id', '=', accountId)
			.execute();
		expect(await vote(consultation, before, '06')).toEqual(refused({ code: 'residency_missing' }));
		expect(await choices(consultation)).toEqual([['04']]);
	});

	it('when the account is deleted; the person has no second vote by another account', async () => {
		const iin = aNumber();
		const cityId = await aCityWith(iin);
		const consultation = await aConsultation(database, cityId);
		const accountId = await aResidentBy(byIin(cityId, iin));
		await vote(consultation, await now(accountId), '04');
		await app.db.deleteFrom('account').where('id', '=', accountId).execute();
		expect(await choices(consultation)).toEqual([['04']]);
		const again = await now(await aResidentBy(byIin(cityId, iin)));
		expect(await vote(consultation, again, '06')).toEqual(ok('cast'));
		expect(await choices(consultation)).toEqual([['06']]);
	});
});
