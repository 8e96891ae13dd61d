import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database.close();
});

describe('what the driver gives', () => {
	it.each([
		['an amount above 2^53, to the tenge', sql`9007199254740993::int8`, 9_007_199_254_740_993n],
		['a count', sql`count(*)`, 1n],
		['amounts in an array', sql`array[1, 1000000000000000]::int8[]`, [1n, 1_000_000_000_000_000n]],
		['an empty array of amounts', sql`array[]::int8[]`, []],
		['a day, which no time zone moves', sql`date '2024-03-01'`, '2024-03-01'],
		['an instant in UTC', sql`timestamptz '2024-03-01 17:00:00+05'`, '2024-03-01T12:00:00.000Z'],
		[
			'an instant to the millisecond',
			sql`timestamptz '2024-03-01 12:00:00.5+00'`,
			'2024-03-01T12:00:00.500Z',
		],
		['nothing', sql`null::timestamptz`, null],
	])('is right for %s', async (_, expression, expected) => {
		const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(database.db);
		expect(rows[0]?.value).toEqual(expected);
	});
});
