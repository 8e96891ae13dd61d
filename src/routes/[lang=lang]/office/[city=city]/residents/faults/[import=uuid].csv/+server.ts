import { error } from '@sveltejs/kit';
import type { CityId, ResidentsImportId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { describeFault } from '#lib/i18n/refusals/residents-list.ts';
import { m } from '#lib/paraglide/messages.js';
import { authorise } from '#lib/server/http/index.ts';
import { findResidentsImport, listRowFaults } from '#lib/server/identity/index.ts';
import type { RequestHandler } from './$types';

/** The bad rows of a file: line, reason and the last digits; nothing in it begins like a formula. */
export const GET: RequestHandler = async (event) => {
	const cityId = event.params.city as CityId;
	const language = event.params.lang as Language;
	const importId = event.params.import as ResidentsImportId;
	authorise(event, 'residents.import', { cityId });
	const { db } = event.locals.app;
	if ((await findResidentsImport(db, cityId, importId)) === null) error(404);
	const faults = await listRowFaults(db, cityId, importId);
	const rows = faults.map((fault) => `${fault.line};${fault.maskedIin};${describeFault(fault, language)}`);
	const table = [
		`${m.list_column_line()};${m.list_column_iin()};${m.list_column_reason()}`,
		...rows,
		'',
	].join('\r\n');
	return new Response(`\ufeff${table}`, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="refused-rows.csv"',
		},
	});
};
