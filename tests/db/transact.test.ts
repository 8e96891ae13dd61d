import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, refused } from '#lib/domain/base/result.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import { transact } from '#lib/server/db/transact.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase();
});
afterAll(async () => {
	await database.close();
});

function aCity(id: string, position: number) {
	return { id: id as CityId, position, level: 'oblast' as const, time_zone: 'Asia/Almaty' };
}

async function cityIds(): Promise<string[]> {
	const rows = await database.db.selectFrom('city').select('id').orderBy('id').execute();
	return rows.map((row) => row.id);
}

describe('transact', () => {
	it('keeps the change when the work is done', async () => {
		const result = await transact(database.db, async (tx) => {
			await tx.insertInto('city').values(aCity('kept', 1)).execute();
			return ok('done');
		});
		expect(result).toEqual(ok('done'));
		expect(await cityIds()).toContain('kept');
	});

	it('takes the change back on a refusal, and hands the refusal on', async () => {
		const result = await transact(database.db, async (tx) => {
			await tx.insertInto('city').values(aCity('refused', 2)).execute();
			return refused({ code: 'too_late' });
		});
		expect(result).toEqual(refused({ code: 'too_late' }));
		expect(await cityIds()).not.toContain('refused');
	});

	it('takes the change back when the work throws', async () => {
		const work = transact(database.db, async (tx) => {
			await tx.insertInto('city').values(aCity('thrown', 3)).execute();
			throw new Error('a bug');
		});
		await expect(work).rejects.toThrow('a bug');
		expect(await cityIds()).not.toContain('thrown');
	});
});
