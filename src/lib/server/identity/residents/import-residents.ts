import type { CityId, ResidentsImportId } from '#lib/domain/base/ids.ts';
import { foldDistrict } from '#lib/domain/identity/residents-list.ts';
import type { Capabilities, Reader } from '#lib/server/capabilities.ts';
import type { Permit } from '#lib/server/http/index.ts';
import { readList, type DistrictNames, type ReadList } from './read-list.ts';
import { replaceList, type ListOrder } from './replace-list.ts';

/**
 * Reads the akimat's list from a CSV file with a column for the IIN and, where the city has districts, one for the
 * district. Nothing is written yet, and no connection is held while the file comes in.
 * @throws what the source throws when the upload is cut.
 */
export async function readResidentsList(
	app: Pick<Capabilities, 'db' | 'keys'>,
	cityId: CityId,
	bytes: AsyncIterable<Uint8Array>,
): Promise<ReadList> {
	return await readList(app.keys, cityId, await readDistricts(app.db, cityId), bytes);
}

/** Puts a list that was read in the place of the one before. What became of it stands in the protocol, under this id. */
export async function importResidents(
	app: Pick<Capabilities, 'db' | 'clock' | 'random'>,
	{ actor }: Permit<'residents.import'>,
	order: Omit<ListOrder, 'accountId'>,
): Promise<ResidentsImportId> {
	return await replaceList(app, { ...order, accountId: actor.accountId });
}

/** By name in every language, and by the id that our own exports use. */
async function readDistricts(reader: Reader, cityId: CityId): Promise<DistrictNames> {
	const rows = await reader
		.selectFrom('district_text')
		.where('city_id', '=', cityId)
		.select(['district_id as id', 'name'])
		.orderBy('district_id')
		.orderBy('language')
		.limit(1_000)
		.execute();
	return new Map(
		rows.flatMap(({ id, name }) => [[foldDistrict(name), id] as const, [foldDistrict(id), id] as const]),
	);
}
