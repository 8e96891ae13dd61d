import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { sumTenge, tenge } from '#lib/domain/base/tenge.ts';
import { toleranceOf } from '#lib/domain/budget/sums.ts';
import { buildTree, type TreeNode } from '#lib/domain/budget/tree.ts';
import {
	findTotals,
	listCities,
	listLines,
	listNotes,
	listVersions,
	type BudgetLine,
	type BudgetVersion,
} from '#lib/server/budget/index.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { loadSeed, SEED } from '#tests/support/seed.ts';

const almaty = 'almaty' as CityId;
const petropavlovsk = 'petropavlovsk' as CityId;
const taldykorgan = 'taldykorgan' as CityId;

let database: TestDatabase;
let versions: BudgetVersion[];
beforeAll(async () => {
	database = await createTestDatabase();
	const result = await loadSeed(database.db);
	if (!result.ok) throw new Error(JSON.stringify(result.refusal));
	versions = await listVersions(database.db, null);
});
afterAll(() => database.close());

async function seedFile(name: string): Promise<Record<string, string>[]> {
	return parse(await readFile(path.join(SEED, name), 'utf8'), { columns: true });
}

describe('loading the seed', () => {
	it('changes nothing the second time', async () => {
		const again = await loadSeed(database.db);
		expect(again.ok && Object.entries(again.value).filter(([, rows]) => rows > 0)).toEqual([]);
		expect(await listVersions(database.db, null)).toEqual(versions);
	});

	it('by two servers at once loads it once', async () => {
		const other = await createTestDatabase();
		const results = await Promise.all([loadSeed(other.db), loadSeed(other.db)]);
		const budgets = results.map((result) => result.ok && result.value['budget']);
		expect(budgets.toSorted()).toEqual([0, 64]);
		await other.close();
	});

	it('puts right what was changed since, and takes away lines that the files no longer have', async () => {
		const other = await createTestDatabase();
		await loadSeed(other.db);
		await other.db
			.updateTable('budget_line')
			.set({ amount: tenge(1n) })
			.where('city_id', '=', petropavlovsk)
			.where('code', '=', '07')
			.execute();
		await other.db
			.insertInto('budget_line')
			.columns(['city_id', 'budget_id', 'fiscal_year', 'kind', 'code', 'amount'])
			.expression((eb) =>
				eb
					.selectFrom('budget')
					.where('source_key', '=', 'petropavlovsk-2026-amended-july')
					.select([
						'city_id',
						'id as budget_id',
						'fiscal_year',
						eb.val('expenditure' as const).as('kind'),
						eb.val('04').as('code'),
						eb.val(tenge(5n)).as('amount'),
					]),
			)
			.execute();
		const mended = await loadSeed(other.db);
		expect(mended.ok && mended.value).toMatchObject({ budget: 0, budget_total: 0, budget_line: 2 });
		await other.close();
	});

	it('refuses the whole folder for one wrong figure and names the row', async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'seed-'));
		await cp(SEED, folder, { recursive: true });
		const lines = await readFile(path.join(folder, 'lines.csv'), 'utf8');
		const wrong = 'petropavlovsk-2026-amended-july,expenditure,07,41010915500';
		await writeFile(path.join(folder, 'lines.csv'), lines.replace(wrong, wrong.replace(/0$/, '1')));
		const other = await createTestDatabase();
		const result = await loadSeed(other.db, folder);
		await rm(folder, { recursive: true });

		const totals = await readFile(path.join(SEED, 'totals.csv'), 'utf8');
		const row = totals
			.split('\n')
			.findIndex((text) => text.startsWith('petropavlovsk-2026-amended-july,expenditures,'));
		expect(result).toEqual({
			ok: false,
			refusal: {
				code: 'seed_invalid',
				faults: [
					{
						file: 'totals.csv',
						row: row + 1,
						reason: expect.stringContaining('expenditure is sum of groups'),
					},
				],
			},
		});
		expect(await listCities(other.db, 'kk')).toEqual([]);
		await other.close();
	});
});

describe('what was loaded', () => {
	it('has every total of the files', async () => {
		const stated = await seedFile('totals.csv');
		const found = await Promise.all(
			versions.map(async ({ sourceKey, cityId, id }) =>
				Object.entries(await findTotals(database.db, cityId, id)).map(
					([item, amount]) => `${sourceKey} ${item} ${amount}`,
				),
			),
		);
		expect(found.flat().sort()).toEqual(
			stated.map(({ budget, item, amount }) => `${budget} ${item} ${amount}`).sort(),
		);
	});

	it('has every class of revenue, group and line below of the files', async () => {
		const stated = await seedFile('lines.csv');
		const found = await Promise.all(
			versions.map(async ({ sourceKey, cityId, id }) =>
				(await listLines(database.db, cityId, id, 'ru')).map(
					({ kind, code, amount }) => `${sourceKey} ${kind} ${code} ${amount}`,
				),
			),
		);
		expect(found.flat().sort()).toEqual(
			stated.map(({ budget, kind, code, amount }) => `${budget} ${kind} ${code} ${amount}`).sort(),
		);
	});

	it('adds up from the administrator to the group and from the group to the expenditure', async () => {
		const shown = versions.filter(({ hasGroups }) => hasGroups);
		expect(shown).toHaveLength(28);
		for (const { cityId, id, kind, expenditures, sourceKey } of shown) {
			const tree = buildTree(await listLines(database.db, cityId, id, 'kk'));
			const apart = sumTenge(tree.expenditure.map((node) => node.line.amount)) - expenditures!;
			expect(apart < 0n ? -apart : apart, sourceKey).toBeLessThanOrEqual(toleranceOf(kind));
			const check = (node: TreeNode<BudgetLine>): void => {
				expect(node.unexplained, `${sourceKey} ${node.line.code}`).toBe(0n);
				node.children.forEach(check);
			};
			tree.expenditure.forEach(check);
		}
	});

	it('has notes that no version counts', async () => {
		const notes = await listNotes(database.db, almaty);
		expect(notes).toHaveLength(23);
		expect(notes.filter((note) => note.sourceTitle === null)).toHaveLength(2);
		expect(notes.map((note) => note.fiscalYear)).toEqual(
			notes.map((note) => note.fiscalYear).toSorted((first, second) => second - first),
		);
		expect(versions.some((version) => version.cityId === taldykorgan)).toBe(false);
		expect(await listNotes(database.db, taldykorgan)).toHaveLength(2);
	});
});
