import { z } from 'zod';
import type { CityId, DistrictId } from '#lib/domain/base/ids.ts';
import { LANGUAGES, type Language, type Translated } from '#lib/domain/base/language.ts';
import { tenge } from '#lib/domain/base/tenge.ts';
import { parseCivilDate } from '#lib/domain/base/time.ts';
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
export const FILES = {
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
export const SEED_FILES = Object.keys(FILES) as readonly SeedFileName[];

/** All rows of a seed folder, each checked by itself and against the others. */
export type Seed = { readonly [Name in SeedFileName]: Numbered<z.output<(typeof FILES)[Name]>>[] };

/** A row with the line of the file where it ends, counted from 1 as editors do. */
export type Numbered<Row> = Row & { readonly row: number };

/** The names of a row in the languages in which it has one. */
export function namesOf(row: Record<`name_${Language}`, string | null>): Translated {
	return Object.fromEntries(
		LANGUAGES.flatMap((tag) => (row[`name_${tag}`] ? [[tag, row[`name_${tag}`]]] : [])),
	);
}
