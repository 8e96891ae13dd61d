import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import { buildTree } from '#lib/domain/budget/tree.ts';
import { bestYear, currentVersion, groupByYear } from '#lib/domain/budget/versions.ts';
import {
	findCity,
	findSubject,
	findTotals,
	listCities,
	listDiscussableYears,
	listDistricts,
	listGroupSubjects,
	listLineAmounts,
	listLines,
	listPopulation,
	listTopAmounts,
	listVersions,
	type BudgetVersion,
} from '#lib/server/budget/index.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { loadSeed } from '#tests/support/seed.ts';

const almaty = 'almaty' as CityId;
const astana = 'astana' as CityId;
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

const versionOf = (sourceKey: string) => versions.find((version) => version.sourceKey === sourceKey)!;

describe('cities', () => {
	it('are twelve, those of republican significance first, named in the wanted language', async () => {
		const cities = await listCities(database.db, 'kk');
		expect(cities.map((city) => city.name)).toEqual([
			'Астана',
			'Алматы',
			'Шымкент',
			'Ақтөбе',
			'Атырау',
			'Қарағанды',
			'Орал',
			'Өскемен',
			'Петропавл',
			'Семей',
			'Талдықорған',
			'Тараз',
		]);
		expect(await findCity(database.db, 'oral' as CityId, 'ru')).toEqual({
			id: 'oral',
			level: 'oblast',
			timeZone: 'Asia/Oral',
			name: 'Уральск',
			region: 'Западно-Казахстанская область',
			akimat: 'Акимат города Уральска',
		});
		expect(await findCity(database.db, 'guryev' as CityId, 'kk')).toBeNull();
	});

	it('have districts whose names fall back to Russian in English', async () => {
		const [first] = await listDistricts(database.db, almaty, 'en');
		expect(first).toEqual({ id: 'alatau', name: { text: 'Алатауский район', language: 'ru' } });
		expect(await listDistricts(database.db, taldykorgan, 'kk')).toEqual([]);
	});

	it('have counts of residents with and without villages, newest first', async () => {
		const figures = await listPopulation(database.db, 'oral' as CityId);
		expect(figures.map(({ countedOn, scope, people }) => [countedOn, scope, people])).toEqual([
			['2026-02-01', 'city_administration', 372_742],
			['2023-12-31', 'city_administration', 361_400],
			['2023-01-01', 'city', 253_773],
		]);
	});
});

describe('versions', () => {
	const currentOf = (cityId: CityId, year: number) =>
		currentVersion(versions.filter((version) => version.cityId === cityId && version.fiscalYear === year))
			?.sourceKey;

	it('of a year have one current among them: the execution of the more reliable source', () => {
		expect(currentOf(almaty, 2024)).toBe('almaty-2024-portal-executed');
		expect(currentOf(almaty, 2023)).toBe('almaty-2023-executed');
		expect(currentOf(almaty, 2025)).toBe('almaty-2025-portal-approved');
		expect(currentOf(astana, 2026)).toBe('astana-2026');
		expect(currentOf('semey' as CityId, 2024)).toBe('semey-2024-amended-july');
		expect(currentOf('taraz' as CityId, 2009)).toBe('taraz-2009-amended');
	});

	it('fall back to a draft only where nothing else is known', () => {
		expect(currentOf(almaty, 2026)).toBe('almaty-2026-draft');
	});

	it('tell which year shows most of a city', async () => {
		const best = async (cityId: CityId) =>
			bestYear(groupByYear(await listVersions(database.db, cityId)))?.current.sourceKey ?? null;
		expect(await best(astana)).toBe('astana-2025-portal-approved');
		expect(await best(petropavlovsk)).toBe('petropavlovsk-2026-amended-july');
		expect(await best('karaganda' as CityId)).toBe('karaganda-2025');
		expect(await best(taldykorgan)).toBeNull();
	});

	it('carry their source, grade and main totals', () => {
		expect(versionOf('petropavlovsk-2026-amended-july')).toMatchObject({
			grade: 'decision',
			number: '1/36',
			decidedOn: '2026-07-09',
			sourceUrl: 'https://adilet.zan.kz/rus/docs/G26SA00136M',
			hasGroups: true,
			hasNested: false,
		});
		expect(versionOf('almaty-2024-portal-executed')).toMatchObject({ hasGroups: true, hasNested: true });
		expect(versionOf('atyrau-2012')).toMatchObject({
			expenditures: null,
			balance: null,
			hasGroups: false,
		});
	});
});

describe('lines', () => {
	it('are found by the alias of their address, with all their names', async () => {
		expect(await findSubject(database.db, astana, 2024, '04')).toEqual({
			cityId: 'astana',
			fiscalYear: 2024,
			kind: 'expenditure',
			code: '04',
			alias: '04',
			level: 'group',
			parentCode: null,
			names: { kk: 'Білім беру', ru: 'Образование', en: 'Education' },
		});
		expect(await findSubject(database.db, astana, 2024, 'income-4')).toMatchObject({
			kind: 'revenue',
			code: '4',
		});
		expect(await findSubject(database.db, astana, 2024, '16')).toBeNull();
	});

	it('fall back to the Russian name, marked as such, where there is no Kazakh one', async () => {
		const lines = await listLines(database.db, almaty, versionOf('almaty-2024-portal-executed').id, 'kk');
		expect(lines.find((line) => line.code === '07')?.name.language).toBe('kk');
		expect(lines.find((line) => line.code === '07.1')?.name).toEqual({
			text: 'Жилищное хозяйство',
			language: 'ru',
		});
	});

	it('stand apart when their group is not known, and are not lost', async () => {
		const id = versionOf('petropavlovsk-2026-amended-july').id;
		const tree = buildTree(await listLines(database.db, petropavlovsk, id, 'ru'));
		expect(tree.unplaced.map((line) => line.alias)).toEqual([
			'458-012',
			'458-015',
			'458-018',
			'458-037',
			'458-045',
			'459-012',
		]);
	});

	it('have a history over years and versions', async () => {
		const history = await listLineAmounts(database.db, astana, 'expenditure', '04');
		expect(history).toHaveLength(9);
		expect(new Set(history.map((line) => line.fiscalYear))).toEqual(new Set([2022, 2023, 2024, 2025]));
		const top = await listTopAmounts(database.db, petropavlovsk);
		expect(top.filter((line) => line.kind === 'expenditure')).toHaveLength(12);
		expect(top.filter((line) => line.kind === 'revenue')).toHaveLength(20);
	});
});

describe('subjects', () => {
	it('are the fifteen groups of each year that can be discussed, even where no budget is known', async () => {
		expect(await listDiscussableYears(database.db, taldykorgan)).toEqual([2027, 2026, 2025, 2024, 2022]);
		const groups = await listGroupSubjects(database.db, taldykorgan, 2027, 'kk');
		expect(groups.map((group) => group.alias)).toEqual(
			Array.from({ length: 15 }, (_, index) => String(index + 1).padStart(2, '0')),
		);
		expect(groups[3]?.name).toEqual({ text: 'Білім беру', language: 'kk' });
	});
});

it('keeps amounts of 10^15 tenge and more to the last tenge', async () => {
	const large = [tenge(10n ** 15n + 1n), tenge(-(10n ** 15n) - 3n), tenge(2n ** 63n - 1n)] as const;
	const other = await createTestDatabase();
	await loadSeed(other.db);
	const { id } = (await listVersions(other.db, astana)).find((each) => each.sourceKey === 'astana-2026')!;
	await other.db
		.insertInto('budget_total')
		.values([
			{ city_id: astana, budget_id: id, item: 'revenues', amount: large[0] },
			{ city_id: astana, budget_id: id, item: 'balance', amount: large[1] },
		])
		.execute();
	await other.db
		.insertInto('budget_line')
		.values({
			city_id: astana,
			budget_id: id,
			fiscal_year: 2026,
			kind: 'expenditure',
			code: '04',
			amount: large[2],
		})
		.execute();
	expect(await findTotals(other.db, astana, id)).toMatchObject({ revenues: large[0], balance: large[1] });
	expect((await listLines(other.db, astana, id, 'kk')).map((line) => line.amount)).toEqual([large[2]]);
	const version = (await listVersions(other.db, astana)).find((each) => each.id === id);
	expect(version).toMatchObject({ revenues: large[0], balance: large[1] });
	await other.close();
});
