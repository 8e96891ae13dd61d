import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { CityId, DistrictId } from '#lib/domain/base/ids.ts';
import { LANGUAGES, type Language, type Translated } from '#lib/domain/base/language.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
import { parseLineCode } from '#lib/domain/budget/code.ts';
import { findSumFaults, type SumFault } from '#lib/domain/budget/sums.ts';
import { isLessReliable } from '#lib/domain/budget/versions.ts';
import {
	BUDGET_KINDS,
	LINE_KINDS,
	LINE_LEVELS,
	SOURCE_GRADES,
	TOTAL_ITEMS,
} from '#lib/domain/budget/words.ts';

const city = z.string().regex(/^[a-z][a-z-]{1,39}$/);
const cityId = city.transform((text) => text as CityId);
const text = z.string().trim().min(1);
const textOrNone = z.string().transform((value) => value.trim() || null);
const count = z
	.string()
	.regex(/^[1-9]\d{0,8}$/)
	.transform(Number);
const year = z
	.string()
	.regex(/^(19|20)\d\d$/)
	.transform(Number);
const language = z.enum(LANGUAGES);
const day = z.iso.date().transform(parseCivilDate);
const dayOrNone = z.union([z.literal('').transform(() => null), day]);
const url = z.url({ protocol: /^https?$/ });
const urlOrNone = z.union([z.literal('').transform(() => null), url]);

const LARGEST_INT8 = 2n ** 63n - 1n;
const amount = z
	.string()
	.regex(/^-?\d{1,19}$/)
	.transform((digits) => tenge(BigInt(digits)))
	.refine((value) => value <= LARGEST_INT8 && value >= -LARGEST_INT8);

/** The files of a seed folder and the shape of a row in each. Amounts are whole tenge. */
const FILES = {
	'cities.csv': z.strictObject({
		id: cityId,
		position: count,
		level: z.enum(['republican', 'oblast']),
		time_zone: text,
		...inEachLanguage('name', text),
		...inEachLanguage('region', text),
		...inEachLanguage('akimat', text),
	}),
	'districts.csv': z.strictObject({
		city: cityId,
		id: city.transform((slug) => slug as DistrictId),
		name_kk: text,
		name_ru: text,
		source: text,
	}),
	'population.csv': z.strictObject({
		city: cityId,
		counted_on: day,
		scope: z.enum(['city', 'city_administration']),
		people: count,
		rounded_to: count,
		source_url: url,
	}),
	'classification.csv': z.strictObject({
		kind: z.enum(LINE_KINDS),
		code: text,
		level: z.enum(LINE_LEVELS),
		...inEachLanguage('name', textOrNone),
		source_url: url,
	}),
	'budgets.csv': z.strictObject({
		key: text,
		city: cityId,
		fiscal_year: year,
		kind: z.enum(BUDGET_KINDS),
		sequence: count,
		grade: z.enum(SOURCE_GRADES),
		title: text,
		title_language: language,
		number: textOrNone,
		decided_on: dayOrNone,
		registration: textOrNone,
		source_url: urlOrNone,
	}),
	'totals.csv': z.strictObject({ budget: text, item: z.enum(TOTAL_ITEMS), amount }),
	'lines.csv': z.strictObject({ budget: text, kind: z.enum(LINE_KINDS), code: text, amount }),
	'notes.csv': z.strictObject({
		source_key: text,
		position: count,
		city: cityId,
		fiscal_year: year,
		describes: z.enum(BUDGET_KINDS),
		language,
		body: text,
		amount,
		remark: textOrNone,
		source_title: textOrNone,
		source_title_language: z.union([z.literal('').transform(() => null), language]),
		published_on: dayOrNone,
		source_url: url,
	}),
} as const;

function inEachLanguage<Name extends string, Shape>(name: Name, shape: Shape) {
	return Object.fromEntries(LANGUAGES.map((tag) => [`${name}_${tag}`, shape])) as Record<
		`${Name}_${Language}`,
		Shape
	>;
}

export type SeedFileName = keyof typeof FILES;
const SEED_FILES = Object.keys(FILES) as readonly SeedFileName[];

/** The content of the files as text, by name. */
export type SeedTexts = Readonly<Record<SeedFileName, string>>;

type Rows = { [Name in SeedFileName]: Numbered<z.output<(typeof FILES)[Name]>>[] };
/** A row with the line of the file where it ends, counted from 1 as editors do. */
type Numbered<Row> = Row & { readonly row: number };

/** All rows of a seed folder, each checked by itself and against the others. */
export type Seed = Readonly<Rows>;

/** What is wrong with which line of which file. For the people who keep the files, so in English. */
export type SeedFault = { readonly file: SeedFileName; readonly row: number; readonly reason: string };

/** Reads the files of a seed folder. @throws when a file is missing. */
export async function readSeedTexts(folder: string): Promise<SeedTexts> {
	const texts = await Promise.all(
		SEED_FILES.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const),
	);
	return Object.fromEntries(texts) as SeedTexts;
}

/** All rows, or every fault found: a folder with one wrong figure is refused as a whole. */
export function parseSeed(texts: SeedTexts): Result<Seed, readonly SeedFault[]> {
	const faults: SeedFault[] = [];
	const rows = Object.fromEntries(
		SEED_FILES.map((name) => [name, parseFile(name, texts[name], faults)]),
	) as unknown as Rows;
	// A row that could not be read would only make others seem wrong.
	if (faults.length > 0) return refused(faults);
	faults.push(...keyFaults(rows), ...referenceFaults(rows), ...sequenceFaults(rows), ...sumFaults(rows));
	return faults.length > 0 ? refused(faults) : ok(rows);
}

function parseFile(name: SeedFileName, content: string, faults: SeedFault[]): Numbered<unknown>[] {
	const schema: z.ZodType = FILES[name];
	type Numbering = { record: Record<string, string>; info: { lines: number } };
	const records = parse<Numbering>(content, {
		bom: true,
		columns: true,
		info: true,
		relax_column_count: true,
	});
	return records.flatMap(({ record, info }) => {
		const parsed = schema.safeParse(record);
		if (parsed.success) return [{ ...(parsed.data as object), row: info.lines }];
		for (const issue of parsed.error.issues) {
			faults.push({ file: name, row: info.lines, reason: `${issue.path.join('.')}: ${issue.message}` });
		}
		return [];
	});
}

/** What must be unique in each file, as the database's keys say it. */
const KEYS: { readonly [Name in SeedFileName]: (row: Rows[Name][number]) => string } = {
	'cities.csv': (row) => row.id,
	'districts.csv': (row) => `${row.city} ${row.id}`,
	'population.csv': (row) => `${row.city} ${row.counted_on} ${row.scope}`,
	'classification.csv': (row) => `${row.kind} ${row.code}`,
	'budgets.csv': (row) => row.key,
	'totals.csv': (row) => `${row.budget} ${row.item}`,
	'lines.csv': (row) => `${row.budget} ${row.kind} ${row.code}`,
	'notes.csv': (row) => `${row.source_key} ${row.position}`,
};

function* keyFaults(rows: Rows): Generator<SeedFault> {
	for (const file of SEED_FILES) {
		const keyOf = KEYS[file] as (row: Numbered<unknown>) => string;
		const seen = new Set<string>();
		for (const row of rows[file]) {
			const key = keyOf(row);
			if (seen.has(key)) yield { file, row: row.row, reason: `${key} stands here twice` };
			seen.add(key);
		}
	}
}

function* referenceFaults(rows: Rows): Generator<SeedFault> {
	const cities = new Set<string>(rows['cities.csv'].map((row) => row.id));
	for (const file of ['districts.csv', 'population.csv', 'budgets.csv', 'notes.csv'] as const) {
		for (const row of rows[file]) {
			if (!cities.has(row.city)) yield { file, row: row.row, reason: `there is no city ${row.city}` };
		}
	}
	const budgets = new Set(rows['budgets.csv'].map((row) => row.key));
	for (const file of ['totals.csv', 'lines.csv'] as const) {
		for (const row of rows[file]) {
			if (!budgets.has(row.budget)) yield { file, row: row.row, reason: `there is no budget ${row.budget}` };
		}
	}
	const named = new Set(rows['classification.csv'].map((row) => `${row.kind} ${row.code}`));
	for (const row of rows['classification.csv']) {
		if (Object.keys(namesOf(row)).length > 0) continue;
		yield { file: 'classification.csv', row: row.row, reason: `${row.code} has no name in any language` };
	}
	for (const row of rows['lines.csv']) {
		const code = parseLineCode(row.kind, row.code);
		const fault = { file: 'lines.csv', row: row.row } as const;
		if (!code) yield { ...fault, reason: `${row.code} is no code of the classification` };
		else if (!named.has(`${row.kind} ${code.classificationCode}`)) {
			yield { ...fault, reason: `the classification has no name for ${code.classificationCode}` };
		}
	}
}

/** The names of a row in the languages in which it has one. */
export function namesOf(row: Record<`name_${Language}`, string | null>): Translated {
	return Object.fromEntries(
		LANGUAGES.flatMap((tag) => (row[`name_${tag}`] ? [[tag, row[`name_${tag}`]]] : [])),
	);
}

/** Versions of one kind are counted from 1 without gaps, the more reliable source last, so that it is the current one. */
function* sequenceFaults(rows: Rows): Generator<SeedFault> {
	const groups = Map.groupBy(rows['budgets.csv'], (row) => `${row.city} ${row.fiscal_year} ${row.kind}`);
	for (const [key, versions] of groups) {
		const sorted = versions.toSorted((first, second) => first.sequence - second.sequence);
		for (const [index, version] of sorted.entries()) {
			const fault = { file: 'budgets.csv', row: version.row } as const;
			const before = sorted[index - 1];
			if (version.sequence !== index + 1) {
				yield { ...fault, reason: `${key} has sequence ${version.sequence} where ${index + 1} is next` };
			} else if (before && isLessReliable(version.grade, before.grade)) {
				yield { ...fault, reason: `a ${version.grade} may not come after a ${before.grade} (${before.key})` };
			}
		}
	}
}

function* sumFaults(rows: Rows): Generator<SeedFault> {
	const totals = Map.groupBy(rows['totals.csv'], (row) => row.budget);
	const lines = Map.groupBy(rows['lines.csv'], (row) => row.budget);
	for (const budget of rows['budgets.csv']) {
		const totalRows = totals.get(budget.key) ?? [];
		const lineRows = lines.get(budget.key) ?? [];
		if (totalRows.length + lineRows.length === 0) {
			yield { file: 'budgets.csv', row: budget.row, reason: `${budget.key} has neither a total nor a line` };
		}
		const faults = findSumFaults({
			kind: budget.kind,
			grade: budget.grade,
			totals: Object.fromEntries(totalRows.map((row) => [row.item, row.amount])),
			lines: lineRows.flatMap((row) => {
				const code = parseLineCode(row.kind, row.code);
				return code ? [{ ...code, amount: row.amount }] : [];
			}),
		});
		for (const fault of faults) {
			const total = totalRows.find((row) => row.item === fault.about);
			const line = lineRows.find((row) => row.code === fault.about);
			yield {
				file: total ? 'totals.csv' : 'lines.csv',
				row: (total ?? line ?? budget).row,
				reason: `${budget.key}, ${sentenceOf(fault)}`,
			};
		}
	}
}

function sentenceOf({ rule, about, stated, summed }: SumFault): string {
	if (rule === 'parent_is_missing') return `${about}: the line above it is not there`;
	return `${about}: ${rule.replaceAll('_', ' ')}, but ${stated} is stated and the parts make ${summed}`;
}
