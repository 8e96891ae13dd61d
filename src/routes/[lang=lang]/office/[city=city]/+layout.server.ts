import { error } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { findCity } from '#lib/server/budget/index.ts';
import { authorise } from '#lib/server/http/index.ts';
import type { LayoutServerLoad } from './$types';

/** The city whose officials work here. Each page asks again: a page's data can be asked for without its layout's. */
export const load: LayoutServerLoad = async (event) => {
	const cityId = event.params.city as CityId;
	// A form is judged by its action: where that refuses, no redirect of ours may cost somebody the text they wrote.
	if (event.request.method !== 'POST') authorise(event, 'office.view', { cityId });
	const city = await findCity(event.locals.app.db, cityId, event.params.lang as Language);
	if (city === null) error(404);
	return { city };
};
