import type { CityId } from '#lib/domain/base/ids.ts';
import { listArtificialIins } from '#lib/domain/identity/artificial-iin.ts';
import { m } from '#lib/paraglide/messages.js';
import { authorise } from '#lib/server/http/index.ts';
import { listDistrictNames } from '#lib/server/identity/index.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { RequestHandler } from './$types';

const ROWS = 3;

/** What a list looks like, with numbers that are nobody's and the city's own districts. */
export const GET: RequestHandler = async (event) => {
	const cityId = event.params.city as CityId;
	authorise(event, 'residents.import', { cityId });
	const districts = await listDistrictNames(event.locals.app.db, cityId, event.params.lang as Language);
	const rows = listArtificialIins(ROWS).map(
		(iin, index) => `${iin};${districts[index % Math.max(1, districts.length)] ?? ''}`,
	);
	const table = [`${m.list_column_iin()};${m.list_column_district()}`, ...rows, ''].join('\r\n');
	return new Response(`\ufeff${table}`, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="residents-example.csv"',
		},
	});
};
