import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId, CodeBatchId, SubmissionId } from '#lib/domain/base/ids.ts';
import { refused } from '#lib/domain/base/result.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { artificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import { ASK_DAYS, RESHOW_MINUTES } from '#lib/domain/identity/residency-code-batch.ts';
import { parseResidencyCode } from '#lib/domain/identity/residency-code.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import {
	askForCodes,
	configureCity,
	confirmResidency,
	deleteWhatHasExpired,
	findCodeBatch,
	listCodeBatches,
	withdrawCodes,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aConsultation } from '#tests/support/factories/consultation.ts';
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

async function anAnonymousCity(): Promise<CityId> {
	const cityId = await aCity(app.db);
	await giveAnonymousCodes(app.db, cityId);
	return cityId;
}

async function confirm(cityId: CityId, printed: string) {
	const proof = parseResidencyCode(printed);
	if (!proof.ok) throw new Error(proof.refusal.code);
	const actor = await anAccount(app.db);
	const permit = permitFor(actor, 'residency.confirm', { cityId: null });
	const claim = { cityId, method: 'code', proof: proof.value, ageBand: null } as const;
	return { actor, outcome: await confirmResidency(app, permit, claim) };
}

const withdraw = async ({ id, cityId }: { id: CodeBatchId; cityId: CityId }) =>
	await withdrawCodes(
		app,
		permitFor(await anOfficial(app.db, cityId), 'residency_code.manage', { cityId }),
		id,
	);

async function configure(cityId: CityId, anonymousCodes: boolean) {
	const permit = permitFor(await anAdministrator(app), 'city.configure', { cityId });
	return await configureCity(app, permit, { residencyMethods: ['code'], anonymousCodes });
}

describe('a batch of codes', () => {
	it('is released by another official, in the order in which its people were named', async () => {
		const iins = [aNumber(), aNumber(), aNumber()] as const;
		const cityId = await aCityWith(...iins);
		const { id, codes } = await aReleasedBatch(app, cityId, [iins[2], iins[0]]);
		expect(codes.map(({ position, maskedIin }) => [position, maskedIin])).toEqual([
			[1, `********${iins[2].slice(-4)}`],
			[2, `********${iins[0].slice(-4)}`],
		]);
		expect((await confirm(cityId, codes[1]!.code)).outcome).toMatchObject({ ok: true });
		expect(await findCodeBatch(app.db, cityId, id)).toMatchObject({
			...{ state: 'released', size: 2, used: 1, left: 1, void: 0, isAnonymous: false },
		});
	});

	it('is one however often its form is sent, and a form that was sent asks for nobody else', async () => {
		const [first, second] = [aNumber(), aNumber()];
		const cityId = await aCityWith(first, second);
		const { id, askedBy } = await anAskedBatch(app, cityId, [first]);
		await anAskedBatch(app, cityId, [first], { askedBy, id });
		expect(await findCodeBatch(app.db, cityId, id)).toMatchObject({ state: 'asked', size: 1 });
		await expect(anAskedBatch(app, cityId, [second], { askedBy, id })).rejects.toThrow('codes_form_used');
	});

	it('has no codes before it is released', async () => {
		const iin = aNumber();
		const batch = await anAskedBatch(app, await aCityWith(iin), [iin]);
		expect(await findCodeBatch(app.db, batch.cityId, batch.id)).toMatchObject({
			...{ state: 'asked', used: 0, left: 0, releasedBy: null, expiresAt: null },
		});
	});

	it('names nobody where codes are anonymous, and each makes a person of its own', async () => {
		const cityId = await anAnonymousCity();
		const { codes } = await aReleasedBatch(app, cityId, 2);
		expect(codes.map(({ maskedIin }) => maskedIin)).toEqual([null, null]);
		const persons = await Promise.all(codes.map(async ({ code }) => (await confirm(cityId, code)).outcome));
		expect(new Set(persons.map((person) => person.ok && person.value)).size).toBe(2);
	});

	it('is asked for once, however often the form is sent', async () => {
		const iin = aNumber();
		const cityId = await aCityWith(iin);
		const first = await anAskedBatch(app, cityId, [iin]);
		await anAskedBatch(app, cityId, [iin], { askedBy: first.askedBy, id: first.id });
		expect(await listCodeBatches(app.db, cityId, 10)).toHaveLength(1);
	});

	it('is only for people of the list; the others are told by their lines', async () => {
		const [listed, stranger] = [aNumber(), aNumber()];
		const cityId = await aCityWith(listed);
		const permit = permitFor(await anOfficial(app.db, cityId), 'residency_code.manage', { cityId });
		const receivers = [
			{ line: 1, iin: listed },
			{ line: 4, iin: stranger },
		];
		const asked = await askForCodes(app, permit, { id: newId<CodeBatchId>(app), codes: { receivers } });
		const maskedIin = `********${stranger.slice(-4)}`;
		expect(asked).toEqual(
			refused({
				code: 'codes_receivers_faulty',
				faults: [{ line: 4, code: 'list_row_unlisted', earlierLine: null, maskedIin }],
			}),
		);
		expect(await listCodeBatches(app.db, cityId, 10)).toEqual([]);
	});

	it('is not released when somebody of it is on the list no more', async () => {
		const [stays, goes] = [aNumber(), aNumber()];
		const cityId = await aCityWith(stays, goes);
		const batch = await anAskedBatch(app, cityId, [stays, goes]);
		await importFile(app, cityId, aListFile([stays]));
		expect(await release(app, batch, await anOfficial(app.db, cityId))).toEqual(
			refused({ code: 'codes_outdated' }),
		);
	});

	it('is not released once it has waited too long, and forgets whom it was for', async () => {
		const iin = aNumber();
		const batch = await anAskedBatch(app, await aCityWith(iin), [iin]);
		await app.db
			.updateTable('residency_code_batch')
			.set({ asked_at: sql<Instant>`clock_timestamp() - make_interval(days => ${ASK_DAYS})` })
			.where('id', '=', batch.id)
			.execute();
		expect(await release(app, batch, await anOfficial(app.db, batch.cityId))).toEqual(
			refused({ code: 'codes_lapsed' }),
		);
		expect(await findCodeBatch(app.db, batch.cityId, batch.id)).toMatchObject({ state: 'lapsed' });
		expect(await countReceivers(batch.id)).toBe(1);
		await deleteWhatHasExpired(app);
		expect(await countReceivers(batch.id)).toBe(0);
	});

	it('voids the unused code that one of its people held before', async () => {
		const iin = aNumber();
		const cityId = await aCityWith(iin);
		const before = await aReleasedBatch(app, cityId, [iin]);
		const after = await aReleasedBatch(app, cityId, [iin]);
		expect(await findCodeBatch(app.db, cityId, before.id)).toMatchObject({ used: 0, left: 0, void: 1 });
		expect((await confirm(cityId, before.codes[0]!.code)).outcome).toEqual(
			refused({ code: 'residency_code_expired' }),
		);
		expect((await confirm(cityId, after.codes[0]!.code)).outcome).toMatchObject({ ok: true });
	});
});

async function countReceivers(batchId: CodeBatchId): Promise<number> {
	const { count } = await app.db
		.selectFrom('residency_code_receiver')
		.where('batch_id', '=', batchId)
		.select(sql<number>`count(*)::int`.as('count'))
		.executeTakeFirstOrThrow();
	return count;
}

describe('the codes of a batch', () => {
	it('E07 are shown again to the form whose answer was lost, to no other, and for some minutes', async () => {
		const cityId = await anAnonymousCity();
		const batch = await anAskedBatch(app, cityId, 3);
		const official = await anOfficial(app.db, cityId);
		const form = newId<SubmissionId>(app);
		const first = await release(app, batch, official, form);
		expect(first).toMatchObject({ ok: true });
		expect(await release(app, batch, official, form)).toEqual(first);

		const shown = refused({ code: 'codes_shown_already' });
		expect(await release(app, batch, official)).toEqual(shown);
		expect(await release(app, batch, await anOfficial(app.db, cityId), form)).toEqual(shown);
		await app.db
			.updateTable('residency_code_batch')
			.set({ released_at: sql<Instant>`clock_timestamp() - make_interval(mins => ${RESHOW_MINUTES})` })
			.where('id', '=', batch.id)
			.execute();
		expect(await release(app, batch, official, form)).toEqual(shown);
		expect(await findCodeBatch(app.db, cityId, batch.id)).toMatchObject({ left: 3 });
	});

	it('are released once by two who do it at the same time', async () => {
		const cityId = await anAnonymousCity();
		const batch = await anAskedBatch(app, cityId, 2);
		const officials = [await anOfficial(app.db, cityId), await anOfficial(app.db, cityId)];
		const outcomes = await Promise.all(officials.map((official) => release(app, batch, official)));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(outcomes).toContainEqual(refused({ code: 'codes_shown_already' }));
		expect(await findCodeBatch(app.db, cityId, batch.id)).toMatchObject({ left: 2 });
	});

	it('work no more once the batch is withdrawn; who has used one stays a resident', async () => {
		const cityId = await anAnonymousCity();
		const batch = await aReleasedBatch(app, cityId, 2);
		const { outcome } = await confirm(cityId, batch.codes[0]!.code);
		expect(await withdraw(batch)).toEqual({ ok: true, value: null });
		expect((await confirm(cityId, batch.codes[1]!.code)).outcome).toEqual(
			refused({ code: 'residency_code_expired' }),
		);
		expect(outcome).toMatchObject({ ok: true });
		expect(await findCodeBatch(app.db, cityId, batch.id)).toMatchObject({
			...{ state: 'withdrawn', used: 1, left: 0, void: 1 },
		});
		expect(await withdraw(batch)).toEqual(refused({ code: 'codes_withdrawn' }));
	});

	it('are not released from a batch that was withdrawn', async () => {
		const batch = await anAskedBatch(app, await anAnonymousCity(), 1);
		await withdraw(batch);
		expect(await release(app, batch, await anOfficial(app.db, batch.cityId))).toEqual(
			refused({ code: 'codes_withdrawn' }),
		);
	});
});

describe('the kind of codes', () => {
	it('is chosen by an administrator where there is no list, and only with codes alone', async () => {
		const [iin, city] = [aNumber(), await aCity(app.db)];
		expect(await configure(city, true)).toEqual({ ok: true, value: null });
		expect(await configure(city, true)).toEqual({ ok: true, value: null });
		const permit = permitFor(await anAdministrator(app), 'city.configure', { cityId: city });
		expect(
			await configureCity(app, permit, { residencyMethods: ['code', 'iin'], anonymousCodes: true }),
		).toEqual(refused({ code: 'anonymous_codes_not_alone' }));
		expect(await configure(await aCityWith(iin), true)).toEqual(
			refused({ code: 'anonymous_codes_beside_list' }),
		);
	});

	it('does not change while a vote is open', async () => {
		const city = await aCity(app.db);
		await aConsultation(database, city);
		expect(await configure(city, true)).toEqual(refused({ code: 'anonymous_codes_while_voting' }));
		expect(await configure(city, false)).toEqual({ ok: true, value: null });
	});

	it('ends, when it changes, what was proved by the other kind, and voids its codes', async () => {
		const iin = aNumber();
		const city = await anAnonymousCity();
		const { codes } = await aReleasedBatch(app, city, 2);
		const { actor } = await confirm(city, codes[0]!.code);
		await importFile(app, city, aListFile([iin]));
		expect(await configure(city, false)).toEqual({ ok: true, value: null });
		expect(await isResident(actor.accountId)).toBe(false);
		expect((await confirm(city, codes[1]!.code)).outcome).toEqual(
			refused({ code: 'residency_code_expired' }),
		);
		const named = await aReleasedBatch(app, city, [iin]);
		const known = await confirm(city, named.codes[0]!.code);
		expect(known.outcome).toMatchObject({ ok: true });

		await app.db.deleteFrom('listed_person').where('city_id', '=', city).execute();
		expect(await configure(city, true)).toEqual({ ok: true, value: null });
		expect(await isResident(known.actor.accountId)).toBe(false);
	});

	it('decides which batches can be asked for', async () => {
		const iin = aNumber();
		const ask = async (cityId: CityId, people: readonly Iin[] | number) =>
			await anAskedBatch(app, cityId, people).then(
				() => 'asked',
				(error: Error) => error.message,
			);
		expect(await ask(await aCityWith(iin), 3)).toBe('refused: codes_other_kind');
		expect(await ask(await anAnonymousCity(), [iin])).toBe('refused: codes_other_kind');
	});
});

async function isResident(accountId: string): Promise<boolean> {
	const row = await app.db
		.selectFrom('residency')
		.where('account_id', '=', accountId as never)
		.where('ended_at', 'is', null)
		.select('city_id')
		.executeTakeFirst();
	return row !== undefined;
}
