import { sql, type RawBuilder } from 'kysely';
import type { BudgetId, CityId } from '#lib/domain/base/ids.ts';
import { uuidV7 } from '#lib/domain/base/ids.ts';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { discussableYears, FUNCTIONAL_GROUPS, toSubject, type Subject } from '#lib/domain/budget/code.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { transact } from '../db/transact.ts';
import { ensureSubjects } from './ensure-subjects.ts';
import { namesOf, parseSeed, readSeedTexts, type Seed, type SeedFault } from './seed-files.ts';

/** How many rows were added, changed or removed, by table: all zero when the database holds the files already. */
export type SeedCounts = Readonly<Record<string, number>>;

export type SeedRefusal = { readonly code: 'seed_invalid'; readonly faults: readonly SeedFault[] };

/**
 * Loads the cities, their budgets and everything that can be discussed from a folder of seed files. All or nothing: a
 * figure that does not add up refuses the whole folder. Repeated, it changes nothing; of budgets that come from
 * elsewhere it touches none.
 */
export async function seedCities(
	app: Pick<Capabilities, 'db' | 'clock' | 'random'>,
	folder: string,
): Promise<Result<SeedCounts, SeedRefusal>> {
	const seed = parseSeed(await readSeedTexts(folder));
	if (!seed.ok) return refused({ code: 'seed_invalid', faults: seed.refusal });
	const now = app.clock();
	const newId = () => uuidV7(Date.parse(now), app.random(16));
	return transact<SeedCounts, SeedRefusal>(app.db, async (tx) => {
		// Two servers that start at once would each wait for rows of the other.
		await sql`select pg_advisory_xact_lock(hashtext('seed_cities'))`.execute(tx);
		return ok({
			...(await writeCities(tx, seed.value)),
			...(await writeClassification(tx, seed.value)),
			...(await writeSubjects(tx, seed.value, Number(now.slice(0, 4)))),
			...(await writeBudgets(tx, seed.value, newId)),
			...(await writeNotes(tx, seed.value, newId)),
		});
	});
}

async function writeCities(tx: Tx, seed: Seed): Promise<SeedCounts> {
	const cities = seed['cities.csv'];
	const districts = seed['districts.csv'];
	const city = await tx
		.insertInto('city')
		.values(cities.map(({ id, position, level, time_zone }) => ({ id, position, level, time_zone })))
		.onConflict((conflict) =>
			conflict
				.column('id')
				.doUpdateSet(overwrite('position', 'level', 'time_zone'))
				.where(differs('city', 'position', 'level', 'time_zone')),
		)
		.executeTakeFirst();
	const cityText = await tx
		.insertInto('city_text')
		.values(
			cities.flatMap((row) =>
				LANGUAGES.map((language) => ({
					city_id: row.id,
					language,
					name: row[`name_${language}`],
					region: row[`region_${language}`],
					akimat: row[`akimat_${language}`],
				})),
			),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'language'])
				.doUpdateSet(overwrite('name', 'region', 'akimat'))
				.where(differs('city_text', 'name', 'region', 'akimat')),
		)
		.executeTakeFirst();
	const district = await tx
		.insertInto('district')
		.values(districts.map(({ city: city_id, id, source }) => ({ city_id, id, source })))
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'id'])
				.doUpdateSet(overwrite('source'))
				.where(differs('district', 'source')),
		)
		.executeTakeFirst();
	const districtText = await tx
		.insertInto('district_text')
		.values(
			districts.flatMap(({ city: city_id, id: district_id, name_kk, name_ru }) => [
				{ city_id, district_id, language: 'kk' as const, name: name_kk },
				{ city_id, district_id, language: 'ru' as const, name: name_ru },
			]),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'district_id', 'language'])
				.doUpdateSet(overwrite('name'))
				.where(differs('district_text', 'name')),
		)
		.executeTakeFirst();
	const population = await tx
		.insertInto('population')
		.values(
			seed['population.csv'].map((row) => ({
				city_id: row.city,
				counted_on: row.counted_on,
				scope: row.scope,
				people: row.people,
				rounded_to: row.rounded_to,
				source_url: row.source_url,
			})),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'counted_on', 'scope'])
				.doUpdateSet(overwrite('people', 'rounded_to', 'source_url'))
				.where(differs('population', 'people', 'rounded_to', 'source_url')),
		)
		.executeTakeFirst();
	return {
		city: changed(city),
		city_text: changed(cityText),
		district: changed(district),
		district_text: changed(districtText),
		population: changed(population),
	};
}

async function writeClassification(tx: Tx, seed: Seed): Promise<SeedCounts> {
	const rows = seed['classification.csv'];
	const classification = await tx
		.insertInto('classification')
		.values(rows.map(({ kind, code, level, source_url }) => ({ kind, code, level, source_url })))
		.onConflict((conflict) =>
			conflict
				.columns(['kind', 'code'])
				.doUpdateSet(overwrite('level', 'source_url'))
				.where(differs('classification', 'level', 'source_url')),
		)
		.executeTakeFirst();
	const names = rows.flatMap((row) => {
		const texts = namesOf(row);
		return LANGUAGES.flatMap((language) => {
			const name = texts[language];
			return name ? [{ kind: row.kind, code: row.code, language, name }] : [];
		});
	});
	const classificationText = await tx
		.insertInto('classification_text')
		.values(names)
		.onConflict((conflict) =>
			conflict
				.columns(['kind', 'code', 'language'])
				.doUpdateSet(overwrite('name'))
				.where(differs('classification_text', 'name')),
		)
		.executeTakeFirst();
	return { classification: changed(classification), classification_text: changed(classificationText) };
}

async function writeSubjects(tx: Tx, seed: Seed, currentYear: number): Promise<SeedCounts> {
	return { subject: await ensureSubjects(tx, subjectsOf(seed, currentYear)) };
}

/** Every line of every version once, and the functional groups of every year that can be discussed. */
function subjectsOf(seed: Seed, currentYear: number): readonly Subject[] {
	const budgets = new Map(seed['budgets.csv'].map((row) => [row.key, row]));
	const fromLines = seed['lines.csv'].map(({ budget, kind, code }) => {
		const { city, fiscal_year } = budgets.get(budget)!;
		return toSubject(city, fiscal_year, kind, code);
	});
	const known = [...seed['budgets.csv'], ...seed['notes.csv']];
	const groups = seed['cities.csv'].flatMap(({ id }) => {
		const years = known.filter((row) => row.city === id).map((row) => row.fiscal_year);
		return discussableYears(years, currentYear).flatMap((year) =>
			FUNCTIONAL_GROUPS.map((code) => toSubject(id, year, 'expenditure', code)),
		);
	});
	const once = new Map(
		[...fromLines, ...groups].map((row) => [`${row.cityId} ${row.fiscalYear} ${row.kind} ${row.code}`, row]),
	);
	return [...once.values()];
}

async function writeBudgets(tx: Tx, seed: Seed, newId: () => string): Promise<SeedCounts> {
	const budgets = seed['budgets.csv'];
	const sourced = [
		'fiscal_year',
		'kind',
		'sequence',
		'grade',
		'title',
		'title_language',
		'number',
		'decided_on',
		'registration',
		'source_url',
	] as const;
	const budget = await tx
		.insertInto('budget')
		.values(
			budgets.map((row) => ({
				city_id: row.city,
				id: newId() as BudgetId,
				fiscal_year: row.fiscal_year,
				kind: row.kind,
				sequence: row.sequence,
				source_key: row.key,
				grade: row.grade,
				title: row.title,
				title_language: row.title_language,
				number: row.number,
				decided_on: row.decided_on,
				registration: row.registration,
				source_url: row.source_url,
			})),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'source_key'])
				.doUpdateSet(overwrite(...sourced))
				.where(differs('budget', ...sourced)),
		)
		.executeTakeFirst();
	const saved = await tx
		.selectFrom('budget')
		.where(
			'source_key',
			'in',
			budgets.map((row) => row.key),
		)
		.select(['id', 'city_id', 'fiscal_year', 'source_key'])
		.execute();
	const byKey = new Map(saved.map((row) => [row.source_key, row]));
	return {
		budget: changed(budget),
		budget_total: await writeTotals(tx, seed, byKey),
		budget_line: await writeLines(tx, seed, byKey),
	};
}

type SavedBudgets = ReadonlyMap<
	string,
	{ id: BudgetId; city_id: CityId; fiscal_year: number; source_key: string }
>;

async function writeTotals(tx: Tx, seed: Seed, budgets: SavedBudgets): Promise<number> {
	const rows = seed['totals.csv'].map(({ budget, item, amount }) => {
		const { id, city_id } = budgets.get(budget)!;
		return { city_id, budget_id: id, item, amount };
	});
	const removed = await tx
		.deleteFrom('budget_total')
		.where('budget_id', 'in', idsOf(budgets))
		.where((eb) =>
			eb.not(
				eb(
					eb.refTuple('budget_id', 'item'),
					'in',
					rows.map((row) => eb.tuple(row.budget_id, row.item)),
				),
			),
		)
		.executeTakeFirst();
	const written = await tx
		.insertInto('budget_total')
		.values(rows)
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'budget_id', 'item'])
				.doUpdateSet(overwrite('amount'))
				.where(differs('budget_total', 'amount')),
		)
		.executeTakeFirst();
	return Number(removed.numDeletedRows) + changed(written);
}

async function writeLines(tx: Tx, seed: Seed, budgets: SavedBudgets): Promise<number> {
	const rows = seed['lines.csv'].map(({ budget, kind, code, amount }) => {
		const { id, city_id, fiscal_year } = budgets.get(budget)!;
		return { city_id, budget_id: id, fiscal_year, kind, code, amount };
	});
	const removed = await tx
		.deleteFrom('budget_line')
		.where('budget_id', 'in', idsOf(budgets))
		.where((eb) =>
			eb.not(
				eb(
					eb.refTuple('budget_id', 'kind', 'code'),
					'in',
					rows.map((row) => eb.tuple(row.budget_id, row.kind, row.code)),
				),
			),
		)
		.executeTakeFirst();
	const written = await tx
		.insertInto('budget_line')
		.values(rows)
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'budget_id', 'kind', 'code'])
				.doUpdateSet(overwrite('amount'))
				.where(differs('budget_line', 'amount')),
		)
		.executeTakeFirst();
	return Number(removed.numDeletedRows) + changed(written);
}

function idsOf(budgets: SavedBudgets): BudgetId[] {
	return [...budgets.values()].map((budget) => budget.id);
}

async function writeNotes(tx: Tx, seed: Seed, newId: () => string): Promise<SeedCounts> {
	const columns = [
		'fiscal_year',
		'body',
		'language',
		'amount',
		'remark',
		'describes',
		'source_title',
		'source_title_language',
		'published_on',
		'source_url',
	] as const;
	const note = await tx
		.insertInto('budget_note')
		.values(
			seed['notes.csv'].map(({ city, row: _row, ...note }) => ({ ...note, city_id: city, id: newId() })),
		)
		.onConflict((conflict) =>
			conflict
				.columns(['city_id', 'source_key', 'position'])
				.doUpdateSet(overwrite(...columns))
				.where(differs('budget_note', ...columns)),
		)
		.executeTakeFirst();
	return { budget_note: changed(note) };
}

/** The columns with the values of the row that could not be inserted because it exists. */
function overwrite<Column extends string>(...columns: Column[]): Record<Column, RawBuilder<never>> {
	return Object.fromEntries(
		columns.map((column) => [column, sql`${sql.ref(`excluded.${column}`)}`]),
	) as Record<Column, RawBuilder<never>>;
}

/** Leaves rows alone that hold the same values, so that a second run writes nothing. */
function differs(table: string, ...columns: string[]): RawBuilder<boolean> {
	const old = sql.join(columns.map((column) => sql.ref(`${table}.${column}`)));
	const given = sql.join(columns.map((column) => sql.ref(`excluded.${column}`)));
	return sql<boolean>`(${old}) is distinct from (${given})`;
}

function changed(result: { numInsertedOrUpdatedRows?: bigint | undefined }): number {
	return Number(result.numInsertedOrUpdatedRows ?? 0n);
}
