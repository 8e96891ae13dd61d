import { sql } from 'kysely';
import type { CityId, ResidentsImportId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { LIST_FAULTS_MAX, type ListRefusal, type RowFault } from '#lib/domain/identity/residents-list.ts';
import type { Reader } from '#lib/server/capabilities.ts';

/** One entry of the protocol of a city's lists. */
export type ResidentsImport = {
	readonly id: ResidentsImportId;
	readonly importedAt: Instant;
	/** Null once the account is deleted. */
	readonly importedBy: string | null;
	/** Null where the list was replaced. */
	readonly refusal: ListRefusal | null;
	readonly rowCount: number;
	readonly faultCount: number;
	readonly unusualCount: number;
	readonly addedCount: number;
	readonly changedCount: number;
	readonly removedCount: number;
	readonly skipFaults: boolean;
};

/** How many people the city's list names, and how many confirmed residents it does not name any more. */
export async function countListedResidents(
	reader: Reader,
	cityId: CityId,
): Promise<{ readonly listed: number; readonly unlisted: number }> {
	return await reader
		.selectNoFrom((eb) => [
			eb
				.selectFrom('listed_person')
				.where('city_id', '=', cityId)
				.select(sql<number>`count(*)::int`.as('count'))
				.$asScalar()
				.as('listed'),
			eb
				.selectFrom('residency')
				.where('city_id', '=', cityId)
				.where('unlisted_at', 'is not', null)
				.where('ended_at', 'is', null)
				.select(sql<number>`count(distinct person_id)::int`.as('count'))
				.$asScalar()
				.as('unlisted'),
		])
		.executeTakeFirstOrThrow()
		.then(({ listed, unlisted }) => ({ listed: listed ?? 0, unlisted: unlisted ?? 0 }));
}

const selectImports = (reader: Reader, cityId: CityId) =>
	reader
		.selectFrom('residents_import as import')
		.leftJoin('account', 'account.id', 'import.imported_by')
		.where('import.city_id', '=', cityId)
		.select([
			'import.id',
			'import.imported_at as importedAt',
			'account.display_name as importedBy',
			'import.refusal as refusalCode',
			'import.refusal_line as refusalLine',
			'import.row_count as rowCount',
			'import.fault_count as faultCount',
			'import.unusual_count as unusualCount',
			'import.added_count as addedCount',
			'import.changed_count as changedCount',
			'import.removed_count as removedCount',
			'import.skip_faults as skipFaults',
		])
		.orderBy('import.imported_at', 'desc')
		.orderBy('import.id');

type ImportRow = Omit<ResidentsImport, 'refusal'> & {
	readonly refusalCode: ListRefusal['code'] | null;
	readonly refusalLine: number | null;
};

function toImport({ refusalCode, refusalLine, ...rest }: ImportRow): ResidentsImport {
	return { ...rest, refusal: refusalCode === null ? null : { code: refusalCode, line: refusalLine } };
}

/** The protocol, the latest entry first. */
export async function listResidentsImports(
	reader: Reader,
	cityId: CityId,
	limit: number,
): Promise<ResidentsImport[]> {
	return (await selectImports(reader, cityId).limit(limit).execute()).map(toImport);
}

export async function findResidentsImport(
	reader: Reader,
	cityId: CityId,
	id: ResidentsImportId,
): Promise<ResidentsImport | null> {
	const row = await selectImports(reader, cityId).where('import.id', '=', id).executeTakeFirst();
	return row ? toImport(row) : null;
}

/** The bad rows of a file in its own order; none once their time is over. */
export function listRowFaults(
	reader: Reader,
	cityId: CityId,
	importId: ResidentsImportId,
	limit = LIST_FAULTS_MAX,
): Promise<RowFault[]> {
	return reader
		.selectFrom('residents_import_fault')
		.where('city_id', '=', cityId)
		.where('import_id', '=', importId)
		.select(['line', 'code', 'earlier_line as earlierLine', 'masked_iin as maskedIin'])
		.orderBy('line')
		.limit(limit)
		.execute();
}

/** The districts of a city as its list may name them; none where the city has none. */
export async function listDistrictNames(
	reader: Reader,
	cityId: CityId,
	language: Language,
): Promise<string[]> {
	const rows = await reader
		.selectFrom('district_text')
		.where('city_id', '=', cityId)
		.where('language', '=', language === 'en' ? 'kk' : language)
		.select('name')
		.orderBy('district_id')
		.limit(100)
		.execute();
	return rows.map(({ name }) => name);
}
