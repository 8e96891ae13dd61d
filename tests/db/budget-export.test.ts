import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { openExport } from '#lib/server/statistics/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { readBytes } from '#tests/support/read-stream.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
});
afterAll(async () => {
	await database.close();
});

async function rowsOf(
	fiscalYear: number | null,
	versionKey: string | null,
): Promise<Record<string, string>[]> {
	const { bytes } = await openExport(testApp(database.db), {
		table: 'budgets',
		format: 'csv',
		release: null,
		filter: { cityId: 'astana' as CityId, from: null, to: null },
		budgets: { fiscalYear, versionKey },
	});
	return parse<Record<string, string>>(await readBytes(bytes), { bom: true, columns: true });
}

const versionsIn = (rows: readonly Record<string, string>[]) =>
	[...new Set(rows.map((row) => `${row.fiscal_year} ${row.version}-${row.sequence} ${row.current}`))].sort();

describe('the table of budgets', () => {
	it('holds one version with its source, and still says whether it is the current one', async () => {
		const rows = await rowsOf(2024, 'executed-1');
		expect(versionsIn(rows)).toEqual(['2024 executed-1 false']);
		expect(rows.every((row) => row.source_title !== '')).toBe(true);
		expect(rows.some((row) => row.part === 'line')).toBe(true);
	});

	it('holds all versions of one year', async () => {
		const versions = versionsIn(await rowsOf(2024, null));
		expect(versions).toContain('2024 executed-2 true');
		expect(versions.length).toBeGreaterThan(2);
		expect(versions.every((version) => version.startsWith('2024'))).toBe(true);
	});

	it('is empty where a city has no such version', async () => {
		expect(await rowsOf(2024, 'draft-9')).toEqual([]);
	});
});
