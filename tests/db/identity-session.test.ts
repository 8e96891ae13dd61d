import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { VISITOR } from '#lib/domain/access/actor.ts';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import {
	confirmResidency,
	deleteWhatHasExpired,
	endAllSessions,
	endOneSession,
	endSession,
	findActor,
	listSessions,
	startSession,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import {
	aCode,
	aJar,
	register,
	registerAndConfirm,
	signedIn,
} from '#tests/support/factories/registration.ts';
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

describe('a session', () => {
	it('makes an actor of what is known of the account', async () => {
		const accountId = await registerAndConfirm(app);
		await app.db
			.insertInto('role_grant')
			.values([
				{ account_id: accountId, role: 'official', city_id: taraz },
				{ account_id: accountId, role: 'analyst', city_id: null },
			])
			.execute();
		const permit = permitFor(await signedIn(app, accountId), 'residency.confirm', { cityId: taraz });
		const proof = await aCode(app, taraz);
		const person = await confirmResidency(app, permit, {
			cityId: taraz,
			method: 'code',
			proof,
			ageBand: null,
		});
		expect(await signedIn(app, accountId)).toEqual({
			kind: 'signed_in',
			accountId,
			displayName: 'Айгүл С.',
			emailConfirmed: true,
			secondFactorGiven: false,
			consentIsCurrent: true,
			residency: { cityId: taraz, personId: person.ok && person.value },
			grants: [
				{ role: 'analyst', cityId: null },
				{ role: 'official', cityId: taraz },
			],
		});
	});

	it('tells who has not confirmed the address', async () => {
		expect(await signedIn(app, await register(app))).toMatchObject({
			emailConfirmed: false,
			residency: null,
		});
	});

	it('is kept as a hash only', async () => {
		const jar = aJar();
		const accountId = await register(app);
		await startSession(app, jar, accountId);
		const id = jar.get('session')!;
		expect(id.length).toBeGreaterThanOrEqual(40);
		const rows = await app.db
			.selectFrom('session')
			.where('account_id', '=', accountId)
			.select('id_hash')
			.execute();
		expect(rows.map((row) => Buffer.from(row.id_hash).toString('hex'))).toEqual([
			Buffer.from(sha256(id)).toString('hex'),
		]);
	});

	it('ends on one device when one signs out there, and everywhere when asked', async () => {
		const accountId = await register(app);
		const [phone, desk, tablet] = [aJar(), aJar(), aJar()];
		for (const jar of [phone, desk, tablet]) await startSession(app, jar, accountId);
		const kept = aJar();
		kept.set('session', phone.get('session')!, { path: '/' });
		await endSession(app, phone);
		expect(phone.get('session')).toBeUndefined();
		expect(await findActor(app, kept)).toEqual(VISITOR);
		expect(await findActor(app, desk)).toMatchObject({ accountId });
		await endAllSessions(app.db, accountId);
		expect(await findActor(app, desk)).toEqual(VISITOR);
		expect(await findActor(app, tablet)).toEqual(VISITOR);
	});

	describe('is over', () => {
		it.each([
			['a resident', false, { unused: '29 days 23 hours', begun: '179 days' }, true],
			['a resident who stayed away', false, { unused: '30 days', begun: '30 days' }, false],
			['a resident who never stayed away', false, { unused: '1 hour', begun: '180 days' }, false],
			['staff', true, { unused: '3 hours 59 minutes', begun: '11 hours' }, true],
			['staff who stayed away', true, { unused: '4 hours', begun: '4 hours' }, false],
			['staff who never stayed away', true, { unused: '1 hour', begun: '12 hours' }, false],
		])('by the clock of the database: %s', async (_, isStaff, times, lives) => {
			const accountId = await register(app);
			if (isStaff) await makeOfficial(accountId);
			const jar = aJar();
			await startSession(app, jar, accountId);
			await age(accountId, times);
			expect(await findActor(app, jar)).toMatchObject({ kind: lives ? 'signed_in' : 'visitor' });
			expect(jar.cookies.size).toBe(lives ? 1 : 0);
			await deleteWhatHasExpired(app);
			expect(await usesOf(accountId)).toHaveLength(lives ? 1 : 0);
		});

		it('by the limits of staff from the moment a role is granted', async () => {
			const accountId = await register(app);
			const jar = aJar();
			await startSession(app, jar, accountId);
			await age(accountId, { unused: '1 day', begun: '1 day' });
			await makeOfficial(accountId);
			expect(await findActor(app, jar)).toEqual(VISITOR);
		});
	});

	it('notes its use once an hour, and the browser keeps the cookie on', async () => {
		const jar = aJar();
		const accountId = await register(app);
		await startSession(app, jar, accountId);
		await age(accountId, { unused: '59 minutes', begun: '2 hours' });
		const [before] = await usesOf(accountId);
		const quiet = { ...jar, set: () => expect.unreachable('the cookie was set again') };
		await findActor(app, quiet);
		expect(await usesOf(accountId)).toEqual([before]);
		await age(accountId, { unused: '61 minutes', begun: '2 hours' });
		await findActor(app, jar);
		const [after] = await usesOf(accountId);
		expect(after! > before!).toBe(true);
		expect(jar.cookies.get('session')?.options).toMatchObject({ maxAge: 30 * 24 * 3600, httpOnly: true });
	});

	it('keeps of the browser its family alone', async () => {
		const accountId = await register(app);
		const jar = aJar();
		await startSession(app, jar, accountId, 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0');
		await startSession(app, aJar(), accountId);
		const [mine, other, ...rest] = await listSessions(app, jar, accountId);
		expect(mine).toMatchObject({ browser: 'firefox', system: 'linux', isThis: true });
		expect(other).toMatchObject({ browser: 'other', system: 'other', isThis: false });
		expect(rest).toEqual([]);
		const { row } = await app.db
			.selectFrom('session')
			.where('account_id', '=', accountId)
			.where('browser', '=', 'firefox')
			.select(sql<string>`session::text`.as('row'))
			.executeTakeFirstOrThrow();
		expect(row).not.toMatch(/Mozilla|133|X11/);
	});

	it('is ended one by one by its owner, and by nobody else', async () => {
		const [mine, theirs] = [await register(app), await register(app)];
		const [phone, desk] = [aJar(), aJar()];
		await startSession(app, phone, mine);
		await startSession(app, desk, mine);
		const other = (await listSessions(app, desk, mine)).find(({ isThis }) => !isThis)!;
		const stranger = permitFor(await signedIn(app, theirs), 'account.manage', { cityId: null });
		await endOneSession(app, stranger, other.id);
		expect(await findActor(app, phone)).toMatchObject({ accountId: mine });
		const owner = permitFor(await signedIn(app, mine), 'account.manage', { cityId: null });
		await endOneSession(app, owner, other.id);
		expect(await findActor(app, phone)).toEqual(VISITOR);
		expect(await findActor(app, desk)).toMatchObject({ accountId: mine });
	});

	it('is nothing to somebody who makes up an id', async () => {
		const jar = aJar();
		jar.set('session', 'x'.repeat(40), { path: '/' });
		expect(await findActor(app, jar)).toEqual(VISITOR);
	});
});

/** Moves what the session remembers, as the clock cannot be. */
async function age(
	accountId: AccountId,
	{ unused, begun }: { unused: string; begun: string },
): Promise<void> {
	await app.db
		.updateTable('session')
		.set({
			last_used_at: sql<Instant>`clock_timestamp() - ${unused}::interval`,
			created_at: sql<Instant>`clock_timestamp() - ${begun}::interval`,
		})
		.where('account_id', '=', accountId)
		.execute();
}

async function makeOfficial(accountId: AccountId): Promise<void> {
	await app.db
		.insertInto('role_grant')
		.values({ account_id: accountId, role: 'official', city_id: taraz })
		.execute();
}

async function usesOf(accountId: AccountId): Promise<Instant[]> {
	const rows = await app.db
		.selectFrom('session')
		.where('account_id', '=', accountId)
		.select('last_used_at')
		.orderBy('last_used_at')
		.execute();
	return rows.map((row) => row.last_used_at);
}
