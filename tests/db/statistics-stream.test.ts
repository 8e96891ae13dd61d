import { CompiledQuery, sql, type KyselyPlugin } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#lib/server/capabilities.ts';
import { findRelease, openExport } from '#lib/server/statistics/index.ts';
import { BATCH } from '#lib/server/statistics/export/in-batches.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aCity } from '#tests/support/history.ts';

const ROWS = 200_000;

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
	const { owner } = database;
	for (const [index, id] of ['one', 'two', 'three', 'four'].entries()) {
		await aCity(owner, id, { position: index + 1 });
	}
	await sql`
		insert into statistics_release (released_on, counted_from, simulated)
		values ('2026-11-10', '1800-01-01', false)`.execute(owner);
	await sql`
		insert into statistics_period (city_id, metric, from_on, to_on, count, released_on)
		select city.id, 'comments', day, day, 5 + n % 100, '2026-11-10'
		from city, generate_series(0, ${ROWS / 4 - 1}) as n, lateral (select date '1800-01-01' + n as day)`.execute(
		owner,
	);
});
afterAll(async () => {
	await database.close();
});

/** The same database, telling how many rows it has handed out so far. */
function counted(db: Db): { db: Db; handedOut: () => number } {
	let rows = 0;
	const counter: KyselyPlugin = {
		transformQuery: ({ node }) => node,
		transformResult: ({ result }) => {
			rows += result.rows.length;
			return Promise.resolve(result);
		},
	};
	return { db: db.withPlugin(counter), handedOut: () => rows };
}

async function open(db: Db) {
	const { bytes } = await openExport(testApp(db), {
		table: 'participation',
		format: 'csv',
		release: await findRelease(db, null),
		filter: { cityId: null, from: null, to: null },
	});
	return bytes.getReader();
}

describe('a download of two hundred thousand rows', () => {
	it('sends first bytes long before the end is read, and reads no faster than they are taken', async () => {
		const { db, handedOut } = counted(database.db);
		const reader = await open(db);
		const first = await reader.read();
		expect(first.done).toBe(false);
		expect(handedOut()).toBeLessThan(5 * BATCH);

		let lines = countLines(first.value!);
		let furthestAhead = 0;
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			lines += countLines(part.value);
			furthestAhead = Math.max(furthestAhead, handedOut() - lines);
		}
		expect(lines).toBe(ROWS + 1);
		expect(furthestAhead).toBeLessThan(5 * BATCH);
	});

	it('stops reading when the one who downloads goes away', async () => {
		const { db, handedOut } = counted(database.db);
		const reader = await open(db);
		await reader.read();
		await reader.cancel();
		const then = handedOut();
		await database.db.executeQuery(CompiledQuery.raw('select 1'));
		expect(handedOut()).toBeLessThanOrEqual(then + BATCH);
	});

	it('breaks off with an error when the database goes away, and says so in the log', async () => {
		const errors: object[] = [];
		const log = { info() {}, warn() {}, error: (fields: object) => void errors.push(fields) };
		let batches = 0;
		const failing: KyselyPlugin = {
			transformQuery: ({ node }) => node,
			transformResult: ({ result }) => {
				batches += 1;
				return batches > 3 ? Promise.reject(new Error('connection lost')) : Promise.resolve(result);
			},
		};
		const db = database.db.withPlugin(failing);
		const { bytes } = await openExport(testApp(db, { log }), {
			table: 'participation',
			format: 'csv',
			release: await findRelease(db, null),
			filter: { cityId: null, from: null, to: null },
		});
		const reading = (async () => {
			for await (const _ of bytes);
		})();
		await expect(reading).rejects.toThrow('connection lost');
		expect(errors).toEqual([{ table: 'participation', error: 'connection lost' }]);
	});

	it('fails before its first byte when the database does not answer at all', async () => {
		const silent: KyselyPlugin = {
			transformQuery: ({ node }) => node,
			transformResult: () => Promise.reject(new Error('connection lost')),
		};
		const opening = openExport(testApp(database.db.withPlugin(silent)), {
			table: 'participation',
			format: 'csv',
			release: await findRelease(database.db, null),
			filter: { cityId: null, from: null, to: null },
		});
		await expect(opening).rejects.toThrow('connection lost');
	});
});

function countLines(bytes: Uint8Array): number {
	let lines = 0;
	for (const byte of bytes) if (byte === 0x0a) lines += 1;
	return lines;
}
