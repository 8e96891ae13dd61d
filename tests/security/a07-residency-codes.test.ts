import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import { refused } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { parseResidencyCode } from '#lib/domain/identity/residency-code.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import {
	confirmResidency,
	issueResidencyCodes,
	revokeRole,
	withdrawCodes,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { anAdministrator } from '#tests/support/factories/invitation.ts';
import {
	anAskedBatch,
	aReleasedBatch,
	giveAnonymousCodes,
	release,
} from '#tests/support/factories/residency-codes.ts';
import { aListFile, importFile } from '#tests/support/factories/residents-list.ts';
import { permitFor } from '#tests/support/permit.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterAll(() => database.close());

const numbers = artificialIins();
const aNumber = () => numbers.next().value as Iin;

async function aCityWith(...iins: readonly Iin[]): Promise<CityId> {
	const cityId = await aCity(app.db);
	await importFile(app, cityId, aListFile(iins));
	return cityId;
}

async function confirm(cityId: CityId, printed: string) {
	const proof = parseResidencyCode(printed);
	if (!proof.ok) throw new Error(proof.refusal.code);
	const permit = permitFor(await anAccount(app.db), 'residency.confirm', { cityId: null });
	return await confirmResidency(app, permit, { cityId, method: 'code', proof: proof.value, ageBand: null });
}

async function aReleasedCode() {
	const iin = aNumber();
	const cityId = await aCityWith(iin);
	const batch = await aReleasedBatch(app, cityId, [iin]);
	return { ...batch, iin, code: batch.codes[0]!.code };
}

/** Seen red without each of the conditions of `proveByCode`: used, expired, the lock of the row. */
describe('A07 a code of a batch', () => {
	it('makes one resident, also of ten who type it at the same time', async () => {
		const { cityId, code } = await aReleasedCode();
		const outcomes = await Promise.all(Array.from({ length: 10 }, () => confirm(cityId, code)));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await confirm(cityId, code)).toEqual(refused({ code: 'residency_code_used' }));
	});

	it('proves nothing after its time, by the clock of the database', async () => {
		const { id, cityId, code } = await aReleasedCode();
		await app.db
			.updateTable('residency_code')
			.set({ expires_at: sql<Instant>`clock_timestamp()` })
			.where('batch_id', '=', id)
			.execute();
		expect(await confirm(cityId, code)).toEqual(refused({ code: 'residency_code_expired' }));
	});

	it('proves nothing in another city', async () => {
		const { code } = await aReleasedCode();
		expect(await confirm(await aCity(app.db), code)).toEqual(refused({ code: 'residency_code_unknown' }));
	});
});

describe('A06 whoever reads the database', () => {
	it('finds no code, no IIN, and nothing that a plain hash of them would open', async () => {
		const { iin, code } = await aReleasedCode();
		const hashes = [code, code.replaceAll('-', ''), iin].map((text) =>
			Buffer.from(sha256(text)).toString('hex'),
		);
		const tables = ['residency_code', 'residency_code_batch', 'residency_code_receiver', 'audit_detail'];
		for (const table of tables) {
			const { rows } = await sql<{
				row: string;
			}>`select t::text as row from ${sql.table(table)} as t`.execute(app.db);
			expect(rows.length, table).toBeGreaterThan(0);
			const all = rows.map(({ row }) => row).join('\n');
			for (const secret of [code, code.replaceAll('-', ''), iin, ...hashes])
				expect(all).not.toContain(secret);
		}
	});
});

const alone = refused({ code: 'codes_need_two' });

/** Red without the trigger `residency_code_batch_by_two` and the constraint of the same purpose (migration 20261125T0040). */
describe('codes need two officials of the city', () => {
	async function anAnonymousBatch() {
		const cityId = await aCity(app.db);
		await giveAnonymousCodes(app.db, cityId);
		return await anAskedBatch(app, cityId, 5);
	}

	const releaseInSql = ({ id }: { id: string }, by: AccountId) =>
		sql`update residency_code_batch set released_by = ${by}, released_at = clock_timestamp(),
			release_hash = '\\x00', expires_at = clock_timestamp() + interval '1 day' where id = ${id}`.execute(app.db);

	it('who asked does not release, not even by a statement of one’s own', async () => {
		const batch = await anAnonymousBatch();
		expect(await release(app, batch, batch.askedBy)).toEqual(alone);
		await expect(releaseInSql(batch, batch.askedBy.accountId)).rejects.toThrow('codes need two officials');
		await expect(
			sql`update residency_code_batch set asked_by = ${(await anOfficial(app.db, batch.cityId)).accountId}
				where id = ${batch.id}`.execute(app.db),
		).rejects.toThrow('who asked for codes stays who asked');
		await releaseInSql(batch, (await anOfficial(app.db, batch.cityId)).accountId);
	});

	it('nor does anybody who is no official there', async () => {
		const batch = await anAnonymousBatch();
		const elsewhere = await anOfficial(app.db, 'taraz' as CityId);
		for (const account of [elsewhere, await anAccount(app.db)]) {
			await expect(releaseInSql(batch, account.accountId)).rejects.toThrow('codes need two officials');
		}
	});

	it('B04 an ask of somebody who is no official any more is not released', async () => {
		const batch = await anAnonymousBatch();
		const { cityId, askedBy } = batch;
		const permit = permitFor(await anAdministrator(app), 'role.revoke', { cityId });
		await revokeRole(app, permit, { accountId: askedBy.accountId, role: 'official' });
		expect(await release(app, batch, await anOfficial(app.db, cityId))).toEqual(alone);
	});

	it('nor is one whose asker has deleted the account', async () => {
		const batch = await anAnonymousBatch();
		await app.db.deleteFrom('account').where('id', '=', batch.askedBy.accountId).execute();
		expect(await release(app, batch, await anOfficial(app.db, batch.cityId))).toEqual(alone);
	});

	it('B02 a batch of another city is not there', async () => {
		const batch = await anAnonymousBatch();
		const elsewhere = 'taraz' as CityId;
		const official = await anOfficial(app.db, elsewhere);
		const unknown = refused({ code: 'codes_unknown' });
		expect(await release(app, { ...batch, cityId: elsewhere }, official)).toEqual(unknown);
		const permit = permitFor(official, 'residency_code.manage', { cityId: elsewhere });
		expect(await withdrawCodes(app, permit, batch.id)).toEqual(unknown);
	});

	it('leave two entries in the audit log, each by its own official', async () => {
		const { id, askedBy, releasedBy } = await aReleasedCode();
		const entries = await app.db
			.selectFrom('audit_entry')
			.where('subject_id', '=', id)
			.select(['action', 'actor_id as actorId'])
			.orderBy('number')
			.execute();
		expect(entries).toEqual([
			{ action: 'residency_code.ask', actorId: askedBy.accountId },
			{ action: 'residency_code.issue', actorId: releasedBy.accountId },
		]);
	});
});

/** Red without `city_setting_anonymous_codes_alone` and the trigger `residency_code_of_one_kind`. */
describe('E05 one person is never two by an anonymous code and another way', () => {
	it('because the database holds one kind of code a city, and anonymous ones alone', async () => {
		const [named, anonymous] = [await aCity(app.db), await aCity(app.db)];
		await giveAnonymousCodes(app.db, anonymous);
		const person = (identity: string | null) => [{ identity, districtId: null }];
		await expect(issueResidencyCodes(app, named, person(null))).rejects.toThrow('codes of the other kind');
		await expect(issueResidencyCodes(app, anonymous, person('somebody'))).rejects.toThrow(
			'codes of the other kind',
		);
		await expect(
			sql`update city_setting set residency_methods = array['code', 'iin'] where city_id = ${anonymous}`.execute(
				app.db,
			),
		).rejects.toThrow('city_setting_anonymous_codes_alone');
	});
});
