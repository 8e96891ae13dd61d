import { readCityCards } from '#lib/server/budget/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	cities: await readCityCards(locals.app.db, params.lang),
});
