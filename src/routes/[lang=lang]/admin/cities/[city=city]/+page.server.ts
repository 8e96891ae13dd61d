import { error } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { findCity } from '#lib/server/budget/index.ts';
import { invite, loadStaff, withdraw } from '../../staff-desk.ts';
import type { Actions, PageServerLoad } from './$types';

/** One city: who works there. */
export const load: PageServerLoad = async (event) => {
	const cityId = event.params.city as CityId;
	const desk = await loadStaff(event, cityId);
	const place = await findCity(event.locals.app.db, cityId, event.params.lang as Language);
	if (place === null) error(404);
	return { ...desk, place: { id: place.id, name: place.name }, timeZone: place.timeZone };
};

export const actions: Actions = {
	invite: (event) => invite(event, event.params.city as CityId),
	withdraw: (event) => withdraw(event, event.params.city as CityId),
};
