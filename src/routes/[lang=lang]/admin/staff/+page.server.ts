import type { Language } from '#lib/domain/base/language.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { invite, loadStaff, withdraw } from '../staff-desk.ts';
import type { Actions, PageServerLoad } from './$types';

/** Roles that belong to no city. Hours are those of the first city's clock. */
export const load: PageServerLoad = async (event) => {
	const desk = await loadStaff(event, null);
	const cities = await listCities(event.locals.app.db, event.params.lang as Language);
	return { ...desk, timeZone: cities[0]?.timeZone ?? 'UTC' };
};

export const actions: Actions = {
	invite: (event) => invite(event, null),
	withdraw: (event) => withdraw(event, null),
};
