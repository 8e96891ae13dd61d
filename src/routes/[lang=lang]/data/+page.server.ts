import { listCities } from '#lib/server/budget/index.ts';
import { findRelease } from '#lib/server/statistics/index.ts';
import type { PageServerLoad } from './$types';

/** What can be downloaded, with the newest release to cite and one city for the example. */
export const load: PageServerLoad = async ({ locals: { app }, params: { lang } }) => {
	const [release, cities] = await Promise.all([findRelease(app.db, null), listCities(app.db, lang)]);
	return { release, origin: app.origin, exampleCity: cities[0]?.id ?? null };
};
