import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
});
afterAll(async () => {
	await database.close();
});

it('holds the twelve cities, readable by the role that serves', async () => {
	const { cities } = await database.db
		.selectFrom('city')
		.select((select) => select.fn.countAll().as('cities'))
		.executeTakeFirstOrThrow();
	expect(cities).toBe(12n);
});
