import type { CityId } from '#lib/domain/base/ids.ts';
import type { Reader, Tx } from '#lib/server/capabilities.ts';

/** Of which kind a city's codes are: each for a person of the list of residents, or each a person of its own. */
export async function hasAnonymousCodes(reader: Reader, cityId: CityId): Promise<boolean> {
	const setting = await reader
		.selectFrom('city_setting')
		.where('city_id', '=', cityId)
		.select('anonymous_codes as anonymous')
		.executeTakeFirst();
	return setting?.anonymous ?? false;
}

/** Until the transaction ends the city's codes stay of the kind that they are (migration 20261125T0040). */
export async function holdKindOfCodes(tx: Tx, cityId: CityId): Promise<void> {
	await tx.selectFrom('city').where('id', '=', cityId).select('id').forShare().execute();
}
