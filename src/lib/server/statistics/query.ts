import { z } from 'zod';
import type { CityId } from '#lib/domain/base/ids.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { readCivilDate, type CivilDate } from '#lib/domain/base/time.ts';
import type { ExportTable } from '#lib/domain/participation/words.ts';
import type { Reader } from '../capabilities.ts';
import type { BudgetFilter } from './export/budget-rows.ts';
import { findRelease, type Release, type StatisticsFilter } from './release.ts';

/** What is wrong with one parameter of an address. */
export type QueryFault = { readonly parameter: string; readonly code: QueryFaultCode };
export type QueryFaultCode =
	| 'parameter_unknown'
	| 'parameter_repeated'
	| 'city_unknown'
	| 'day_invalid'
	| 'days_reversed'
	| 'release_unknown'
	| 'version_unknown'
	| 'year_invalid';

export type ExportQuery = {
	readonly release: Release | null;
	readonly filter: StatisticsFilter;
	readonly budgets: BudgetFilter;
};

const once = z.string({ error: 'parameter_repeated' });
const city = once.regex(/^[a-z][a-z-]{1,39}$/, 'city_unknown');
const day = once.transform((text, context): CivilDate => {
	const read = readCivilDate(text);
	if (read !== null) return read;
	context.issues.push({ code: 'custom', message: 'day_invalid', input: text });
	return z.NEVER;
});

const daysQuery = z
	.strictObject({ from: day.optional(), to: day.optional() })
	.refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'days_reversed' });

const year = once.regex(/^(19|20)\d\d$/, 'year_invalid').transform(Number);
const version = once.regex(/^(draft|approved|amended|executed)-[1-9]\d?$/, 'version_unknown');

const budgetsQuery = z.strictObject({
	city: city.optional(),
	year: year.optional(),
	version: version.optional(),
});
const statisticsQuery = z
	.strictObject({ city: city.optional(), from: day.optional(), to: day.optional(), release: day.optional() })
	.refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'days_reversed' });

/**
 * Reads what an address asks of a table. Strict: a parameter that is misspelt, doubled or does not apply is told, since
 * figures that silently cover something else than was asked for are worse than none. An empty one counts as not given.
 */
export async function readExportQuery(
	reader: Reader,
	table: ExportTable,
	search: URLSearchParams,
): Promise<Result<ExportQuery, readonly QueryFault[]>> {
	const query: z.ZodType<z.infer<typeof statisticsQuery> & Omit<z.infer<typeof budgetsQuery>, 'city'>> =
		table === 'budgets' ? budgetsQuery : statisticsQuery;
	const parsed = query.safeParse(collectParameters(search));
	if (!parsed.success) return refused(toFaults(parsed.error));
	const { city: slug = null, from = null, to = null, release: releasedOn = null } = parsed.data;
	const { year: fiscalYear = null, version: versionKey = null } = parsed.data;
	const cityId = slug as CityId | null;
	if (cityId !== null && !(await isCity(reader, cityId)))
		return refused([{ parameter: 'city', code: 'city_unknown' }]);
	const release = table === 'budgets' ? null : await findRelease(reader, releasedOn);
	if (releasedOn !== null && release === null)
		return refused([{ parameter: 'release', code: 'release_unknown' }]);
	return ok({ release, filter: { cityId, from, to }, budgets: { fiscalYear, versionKey } });
}

/** The days that a page's filter asks for: as they were typed, and as they count. */
export type AskedDays = {
	readonly asked: { readonly from: string; readonly to: string };
	readonly days: Pick<StatisticsFilter, 'from' | 'to'>;
	readonly faults: readonly QueryFault[];
};

/** With a fault nothing is left out. Other parameters of a page's address are not its business. */
export function readDays(search: URLSearchParams): AskedDays {
	const { from, to } = collectParameters(search);
	const asked = { from: search.get('from') ?? '', to: search.get('to') ?? '' };
	const parsed = daysQuery.safeParse({ ...(from && { from }), ...(to && { to }) });
	if (!parsed.success) return { asked, days: { from: null, to: null }, faults: toFaults(parsed.error) };
	return { asked, days: { from: parsed.data.from ?? null, to: parsed.data.to ?? null }, faults: [] };
}

function collectParameters(search: URLSearchParams): Record<string, string | string[]> {
	const given = new Map<string, string[]>();
	for (const [name, value] of search) {
		if (value !== '') given.set(name, [...(given.get(name) ?? []), value]);
	}
	return Object.fromEntries(
		[...given].map(([name, values]) => [name, values.length > 1 ? values : values[0]!]),
	);
}

function toFaults(error: z.ZodError): QueryFault[] {
	return error.issues.flatMap((issue): QueryFault[] =>
		issue.code === 'unrecognized_keys'
			? issue.keys.map((parameter) => ({ parameter, code: 'parameter_unknown' }))
			: [{ parameter: String(issue.path[0]), code: issue.message as QueryFaultCode }],
	);
}

async function isCity(reader: Reader, cityId: CityId): Promise<boolean> {
	const city = await reader.selectFrom('city').where('id', '=', cityId).select('id').executeTakeFirst();
	return city !== undefined;
}
