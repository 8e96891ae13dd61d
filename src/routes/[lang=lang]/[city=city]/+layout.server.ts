import { error } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { findCity } from '#lib/server/budget/index.ts';
import type { LayoutServerLoad } from './$types';

/** The city of the address, for all its pages; a slug that names none is not found. */
export const load: LayoutServerLoad = async ({ locals, params }) => {
	const city = await findCity(locals.app.db, params.city as CityId, params.lang as Language);
	if (city === null) error(404);
	return { city };
};
