import { beforeAll, describe, expect, it } from 'vitest';
import { parseSeed, readSeedTexts, type SeedTexts } from './parse-seed.ts';
import type { Seed, SeedFileName } from './row-shapes.ts';

let texts: SeedTexts;
let seed: Seed;
beforeAll(async () => {
	texts = await readSeedTexts('scripts/seed/data');
	const parsed = parseSeed(texts);
	if (!parsed.ok) throw new Error(parsed.refusal.map((fault) => JSON.stringify(fault)).join('\n'));
	seed = parsed.value;
});

/** The faults of the seed files after one text in one of them is replaced. */
function faultsAfter(file: SeedFileName, from: string, to: string) {
	expect(texts[file]).toContain(from);
	const parsed = parseSeed({ ...texts, [file]: texts[file].replace(from, to) });
	return parsed.ok ? [] : parsed.refusal;
}

const rowOf = (file: SeedFileName, part: string) =>
	texts[file].slice(0, texts[file].indexOf(part)).split('\n').length;

describe('the seed files', () => {
	it('hold what was found: twelve cities, 64 versions of budgets, every total and every group', () => {
		expect(seed['cities.csv']).toHaveLength(12);
		expect(seed['budgets.csv']).toHaveLength(64);
		expect(seed['totals.csv']).toHaveLength(374);
		const lines = seed['lines.csv'];
		expect(lines.filter((line) => line.kind === 'revenue')).toHaveLength(175);
		expect(lines.filter((line) => /^\d\d$/.test(line.code))).toHaveLength(417);
		expect(lines).toHaveLength(2206);
		expect(seed['notes.csv']).toHaveLength(99);
	});

	it('have two public copies of the executions of 2024 that agree to a few tenge', () => {
		const amounts = (budget: string) =>
			new Map([
				...seed['totals.csv']
					.filter((row) => row.budget === budget)
					.map((row) => [row.item, row.amount] as const),
				...seed['lines.csv']
					.filter((row) => row.budget === budget)
					.map((row) => [row.code, row.amount] as const),
			]);
		for (const city of ['astana', 'almaty', 'shymkent']) {
			const portal = amounts(`${city}-2024-portal-executed`);
			const bulletin = amounts(`${city}-2024-executed`);
			const common = [...bulletin].filter(([key]) => portal.has(key));
			expect(common.length).toBeGreaterThanOrEqual(20);
			for (const [key, amount] of common) {
				const apart = amount - portal.get(key)!;
				expect(apart < 0n ? -apart : apart, `${city} ${key}`).toBeLessThanOrEqual(4n);
			}
		}
	});

	it('keep reports out of the budgets they say little about', () => {
		expect(seed['notes.csv'].some((note) => note.source_key === 'almaty-2024-participatory')).toBe(true);
		expect(seed['budgets.csv'].some((budget) => budget.city === 'taldykorgan')).toBe(false);
	});
});

describe('a wrong seed file is refused with file, line and reason', () => {
	it('when a group no longer makes the expenditure', () => {
		const from = 'almaty-2024-portal-amended,expenditure,07,';
		expect(faultsAfter('lines.csv', from, `${from}1`)).toEqual([
			{
				file: 'totals.csv',
				row: rowOf('totals.csv', 'almaty-2024-portal-amended,expenditures,'),
				reason: expect.stringMatching(
					/^almaty-2024-portal-amended, expenditures: expenditure is sum of groups, but \d+ is stated and the parts make \d+$/,
				),
			},
			{
				file: 'lines.csv',
				row: rowOf('lines.csv', from),
				reason: expect.stringContaining('07: parent is sum of children'),
			},
		]);
	});

	it('when a class no longer makes the revenue', () => {
		const from = 'aktobe-2024,revenue,2,927904000';
		expect(faultsAfter('lines.csv', from, 'aktobe-2024,revenue,2,927904001')).toEqual([
			{
				file: 'totals.csv',
				row: rowOf('totals.csv', 'aktobe-2024,revenues,'),
				reason: expect.stringContaining('140476622000 is stated and the parts make 140476622001'),
			},
		]);
	});

	it.each<[string, SeedFileName, string, string, string]>([
		[
			'an amount is not whole',
			'totals.csv',
			'astana-2026,expenditures,',
			'astana-2026,expenditures,0.5',
			'amount',
		],
		[
			'an amount passes int8',
			'totals.csv',
			'astana-2026,expenditures,',
			'astana-2026,expenditures,9999999',
			'amount',
		],
		[
			'a city is not known',
			'budgets.csv',
			'atyrau-2012,atyrau,',
			'atyrau-2012,guryev,',
			'there is no city guryev',
		],
		['a budget is not known', 'totals.csv', 'astana-2026,', 'astana-2062,', 'there is no budget astana-2062'],
		[
			'a line stands twice',
			'lines.csv',
			'aktobe-2024,revenue,2,',
			'aktobe-2024,revenue,1,',
			'stands here twice',
		],
		['a code is none', 'lines.csv', 'revenue,1,556603651789', 'revenue,0,556603651789', '0 is no code'],
		[
			'a code has no name',
			'lines.csv',
			',expenditure,458-012,',
			',expenditure,458-099,',
			'no name for 458-099',
		],
		['a grade is not known', 'budgets.csv', ',approved,1,decision,', ',approved,1,rumour,', 'grade'],
		['a day does not exist', 'population.csv', '2023-01-01', '2023-02-29', 'counted_on'],
		['a sequence has a gap', 'budgets.csv', ',executed,2,portal,', ',executed,3,portal,', 'where 2 is next'],
		[
			'a report would be current',
			'budgets.csv',
			',executed,2,portal,',
			',executed,2,report,',
			'after a bulletin',
		],
		['a column is missing', 'districts.csv', 'city,id,name_kk,', 'city,id,name_qq,', 'name_kk'],
	])('when %s', (_when, file, from, to, reason) => {
		const faults = faultsAfter(file, from, to);
		expect(faults.map((fault) => fault.reason).join('\n')).toContain(reason);
		expect(faults.every((fault) => fault.row > 1)).toBe(true);
	});
});
