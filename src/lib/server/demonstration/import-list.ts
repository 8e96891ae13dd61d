import type { CityId } from '#lib/domain/base/ids.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import type { Capabilities } from '../capabilities.ts';
import { readResidentsList, replaceList } from '../identity/index.ts';
import type { DemonstrationCity } from './plan.ts';

const PEOPLE = 300;

/**
 * Gives a city a list of residents, by the way on which akimats bring theirs. The numbers are nobody's. Brought again it
 * changes nothing. @returns the numbers, in the order of the list.
 */
export async function importDemonstrationList(
	app: Pick<Capabilities, 'db' | 'clock' | 'random' | 'keys'>,
	{ id: cityId, districts }: Pick<DemonstrationCity, 'id' | 'districts'>,
): Promise<readonly Iin[]> {
	const iins = listArtificialIins(PEOPLE);
	const rows = iins.map((iin, index) => `${iin};${districts[index % districts.length] ?? ''}`);
	const list = await readResidentsList(app, cityId, inOnePiece(['iin;district', ...rows].join('\n')));
	const order = { cityId, list, skipFaults: false, allowShorter: true };
	await replaceList(app, { ...order, accountId: await getOfficial(app, cityId) });
	return iins;
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
	yield await Promise.resolve(Buffer.from(text));
}

async function getOfficial({ db }: Pick<Capabilities, 'db'>, cityId: CityId) {
	const { accountId } = await db
		.selectFrom('role_grant')
		.where('role', '=', 'official')
		.where('city_id', '=', cityId)
		.select('account_id as accountId')
		.orderBy('account_id')
		.limit(1)
		.executeTakeFirstOrThrow();
	return accountId;
}
