import type { CityId, ResidentsImportId } from '#lib/domain/base/ids.ts';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { Iin } from '#lib/domain/identity/iin.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	findResidentsImport,
	importResidents,
	readResidentsList,
	type ResidentsImport,
} from '#lib/server/identity/index.ts';
import { permitFor } from '../permit.ts';
import { anOfficial } from './account.ts';

/** A file as it comes in over a line: in pieces. */
export async function* inPieces(file: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < file.length; start += size) {
		yield await Promise.resolve(file.subarray(start, start + size));
	}
}

/** A list as an akimat would export it. */
export function aListFile(iins: readonly (Iin | readonly [Iin, string])[]): Buffer {
	const rows = iins.map((row) => (typeof row === 'string' ? `${row};` : row.join(';')));
	return Buffer.from(['ЖСН;аудан', ...rows, ''].join('\r\n'));
}

type Wishes = { skipFaults?: boolean; allowShorter?: boolean; official?: SignedIn; pieces?: number };

/** Imports a file as an official of the city. @returns the entry in the protocol. */
export async function importFile(
	app: Capabilities,
	cityId: CityId,
	file: Uint8Array | AsyncIterable<Uint8Array>,
	{ skipFaults = false, allowShorter = false, official, pieces }: Wishes = {},
): Promise<ResidentsImport> {
	const actor = official ?? (await anOfficial(app.db, cityId));
	const permit = permitFor(actor, 'residents.import', { cityId });
	const bytes = file instanceof Uint8Array ? inPieces(file, pieces) : file;
	const list = await readResidentsList(app, cityId, bytes);
	const id = await importResidents(app, permit, { cityId, list, skipFaults, allowShorter });
	return await getImport(app, cityId, id);
}

async function getImport(app: Capabilities, cityId: CityId, id: ResidentsImportId): Promise<ResidentsImport> {
	const found = await findResidentsImport(app.db, cityId, id);
	if (found === null) throw new Error('the import has no entry in the protocol');
	return found;
}
