import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId, DistrictId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { ResidencyCode } from '#lib/domain/identity/residency-code.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import { confirmResidency, getOwnAccount, issueResidencyCodes } from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aCode, registerAndConfirm, signedIn } from '#tests/support/factories/registration.ts';
import { giveAnonymousCodes } from '#tests/support/factories/residency-codes.ts';
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

const taraz = 'taraz' as CityId;
const oral = 'oral' as CityId;

async function aPermit() {
	const actor = await signedIn(app, await registerAndConfirm(app));
	return permitFor(actor, 'residency.confirm', { cityId: null });
}

function claim(proof: ResidencyCode, cityId = taraz) {
	return { cityId, method: 'code', proof, ageBand: null } as const;
}

const refusedAs = (code: string) => ({ ok: false, refusal: { code } });

describe('a residency code', () => {
	it('ties the account to a person of the city, with what the resident told', async () => {
		const permit = await aPermit();
		const proof = await aCode(app, taraz);
		const confirmed = await confirmResidency(app, permit, { ...claim(proof), ageBand: '60+' });
		expect(confirmed).toMatchObject({ ok: true });
		const { residency } = await getOwnAccount(app.db, permit.actor.accountId);
		expect(residency).toMatchObject({ cityId: taraz, ageBand: '60+' });
		expect(await signedIn(app, permit.actor.accountId)).toMatchObject({
			residency: { cityId: taraz, personId: confirmed.ok && confirmed.value },
		});
	});

	it('works once', async () => {
		const proof = await aCode(app, taraz);
		expect(await confirmResidency(app, await aPermit(), claim(proof))).toMatchObject({ ok: true });
		expect(await confirmResidency(app, await aPermit(), claim(proof))).toEqual(
			refusedAs('residency_code_used'),
		);
	});

	it('is given to one of two who type it at once', async () => {
		const proof = await aCode(app, taraz);
		const [first, second] = await Promise.all([aPermit(), aPermit()]);
		const outcomes = await Promise.all([
			confirmResidency(app, first, claim(proof)),
			confirmResidency(app, second, claim(proof)),
		]);
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		expect(outcomes).toContainEqual(refusedAs('residency_code_used'));
	});

	it('counts in its own city only', async () => {
		const proof = await aCode(app, taraz);
		const permit = await aPermit();
		expect(await confirmResidency(app, permit, claim(proof, oral))).toEqual(
			refusedAs('residency_code_unknown'),
		);
		expect(await confirmResidency(app, permit, claim(proof))).toMatchObject({ ok: true });
	});

	it('ends with its time, by the clock of the database', async () => {
		const proof = await aCode(app, taraz);
		await app.db
			.updateTable('residency_code')
			.set({ expires_at: sql<Instant>`clock_timestamp() - interval '1 millisecond'` })
			.where('used_at', 'is', null)
			.execute();
		expect(await confirmResidency(app, await aPermit(), claim(proof))).toEqual(
			refusedAs('residency_code_expired'),
		);
	});

	it('is void once the person has got a new one', async () => {
		const earlier = await aCode(app, taraz, { identity: 'lost paper' });
		const later = await aCode(app, taraz, { identity: 'lost paper' });
		expect(await confirmResidency(app, await aPermit(), claim(earlier))).toEqual(
			refusedAs('residency_code_expired'),
		);
		expect(await confirmResidency(app, await aPermit(), claim(later))).toMatchObject({ ok: true });
	});

	it('E05 makes one person of two accounts that come with codes for the same resident', async () => {
		const first = await confirmResidency(
			app,
			await aPermit(),
			claim(await aCode(app, taraz, { identity: 'twice here' })),
		);
		const second = await confirmResidency(
			app,
			await aPermit(),
			claim(await aCode(app, taraz, { identity: 'twice here' })),
		);
		expect(first).toMatchObject({ ok: true });
		expect(second).toEqual(first);
	});

	it('is told by mail to the accounts that are the same person already', async () => {
		const told = (permit: Awaited<ReturnType<typeof aPermit>>) =>
			app.db
				.selectFrom('mail')
				.where('account_id', '=', permit.actor.accountId)
				.where('kind', '=', 'residency_shared')
				.select('id')
				.execute();
		const [first, second] = [await aPermit(), await aPermit()];
		await confirmResidency(app, first, claim(await aCode(app, taraz, { identity: 'told by mail' })));
		expect(await told(first)).toHaveLength(0);
		await confirmResidency(app, second, claim(await aCode(app, taraz, { identity: 'told by mail' })));
		expect(await told(first)).toHaveLength(1);
		expect(await told(second)).toHaveLength(0);
	});

	it('is a person of its own when it names nobody', async () => {
		const city = await aCity(app.db);
		await giveAnonymousCodes(app.db, city);
		const [one, other] = [
			await aCode(app, city, { identity: null }),
			await aCode(app, city, { identity: null }),
		];
		const first = await confirmResidency(app, await aPermit(), claim(one, city));
		const second = await confirmResidency(app, await aPermit(), claim(other, city));
		expect(first).toMatchObject({ ok: true });
		expect(second).toMatchObject({ ok: true });
		expect(second).not.toEqual(first);
	});

	it('brings the district of the list along, and a later list corrects it', async () => {
		const almaty = 'almaty' as CityId;
		const districts = await app.db
			.selectFrom('district')
			.where('city_id', '=', almaty)
			.select('id')
			.orderBy('id')
			.limit(2)
			.execute();
		const personWith = async (districtId: DistrictId | null) => {
			const proof = await aCode(app, almaty, { identity: 'moved house', districtId });
			const confirmed = await confirmResidency(app, await aPermit(), claim(proof, almaty));
			if (!confirmed.ok) throw new Error(confirmed.refusal.code);
			return await app.db
				.selectFrom('person')
				.where('id', '=', confirmed.value)
				.select('district_id as districtId')
				.executeTakeFirstOrThrow();
		};
		expect(await personWith(districts[0]!.id)).toEqual({ districtId: districts[0]!.id });
		expect(await personWith(districts[1]!.id)).toEqual({ districtId: districts[1]!.id });
		expect(await personWith(null)).toEqual({ districtId: districts[1]!.id });
	});

	it('A06 stands in the database neither as it is nor as a plain hash', async () => {
		const proof = await aCode(app, taraz);
		const plain = await app.db
			.selectFrom('residency_code')
			.where('code_hash', '=', sha256(proof))
			.select('code_hash')
			.execute();
		expect(plain).toEqual([]);
		const { count } = await app.db
			.selectFrom('person')
			.where('person_key', '=', sha256('twice here'))
			.select(sql<number>`count(*)::int`.as('count'))
			.executeTakeFirstOrThrow();
		expect(count).toBe(0);
	});
});

describe('an account', () => {
	it('has one city at a time, and a refused code stays good for its owner', async () => {
		const permit = await aPermit();
		expect(await confirmResidency(app, permit, claim(await aCode(app, taraz)))).toMatchObject({ ok: true });
		const elsewhere = await aCode(app, oral);
		expect(await confirmResidency(app, permit, claim(elsewhere, oral))).toEqual(
			refusedAs('residency_exists'),
		);
		expect(await confirmResidency(app, await aPermit(), claim(elsewhere, oral))).toMatchObject({ ok: true });
	});

	it('has one city also when two codes are sent at once', async () => {
		const permit = await aPermit();
		const outcomes = await Promise.all([
			confirmResidency(app, permit, claim(await aCode(app, taraz))),
			confirmResidency(app, permit, claim(await aCode(app, oral), oral)),
		]);
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		expect(outcomes).toContainEqual(refusedAs('residency_exists'));
	});
});

describe('a list of residents', () => {
	it('gets its codes in its own order, all of them different', async () => {
		const people = Array.from({ length: 5_001 }, (_, index) => ({
			identity: `resident ${index}`,
			districtId: null,
		}));
		const codes = await issueResidencyCodes(app, 'semey' as CityId, people);
		expect(new Set(codes).size).toBe(people.length);
		expect(codes[0]).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{2}$/);
	});
});
