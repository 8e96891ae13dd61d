import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { VISITOR } from '#lib/domain/access/actor.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { sha256 } from '#lib/server/digest.ts';
import {
	confirmResidency,
	deleteWhatHasExpired,
	endAllSessions,
	endSession,
	findActor,
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

	it('is over when the clock of the database says so, and the cookie is dropped', async () => {
		const jar = aJar();
		const accountId = await register(app);
		await startSession(app, jar, accountId);
		await moveExpiry(accountId, '-1 millisecond');
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(jar.cookies.size).toBe(0);
		await deleteWhatHasExpired(app);
		expect(await expiryOf(accountId)).toBeUndefined();
	});

	it('is prolonged with its cookie in the second half of its time, and left alone in the first', async () => {
		const jar = aJar();
		const accountId = await register(app);
		await startSession(app, jar, accountId);
		const first = await expiryOf(accountId);
		const quiet = { ...jar, set: () => expect.unreachable('the cookie was set again') };
		await findActor(app, quiet);
		expect(await expiryOf(accountId)).toBe(first);
		await moveExpiry(accountId, '14 days');
		await findActor(app, jar);
		const prolonged = await expiryOf(accountId);
		expect(prolonged! >= first!).toBe(true);
		expect(jar.cookies.get('session')?.options).toMatchObject({ maxAge: 30 * 24 * 3600, httpOnly: true });
	});

	it('is nothing to somebody who makes up an id', async () => {
		const jar = aJar();
		jar.set('session', 'x'.repeat(40), { path: '/' });
		expect(await findActor(app, jar)).toEqual(VISITOR);
	});
});

async function moveExpiry(accountId: string, interval: string): Promise<void> {
	await app.db
		.updateTable('session')
		.set({ expires_at: sql<Instant>`clock_timestamp() + ${interval}::interval` })
		.where('account_id', '=', accountId as never)
		.execute();
}

async function expiryOf(accountId: string): Promise<Instant | undefined> {
	const row = await app.db
		.selectFrom('session')
		.where('account_id', '=', accountId as never)
		.select('expires_at')
		.executeTakeFirst();
	return row?.expires_at;
}
