import { redirect } from '@sveltejs/kit';
import { listCities } from '#lib/server/budget/index.ts';
import { findRelease, listTotals, readDays, readGrowth } from '#lib/server/statistics/index.ts';
import type { PageServerLoad } from './$types';

/** All cities' participation as the newest release tells it. A city chosen in the filter leads to its own page. */
export const load: PageServerLoad = async ({ locals: { app }, params: { lang }, url }) => {
	const { asked, days, faults } = readDays(url.searchParams);
	const cities = await listCities(app.db, lang);
	const chosen = cities.find((city) => city.id === url.searchParams.get('city'));
	if (chosen) redirect(303, `/${lang}/${chosen.id}/statistics?${new URLSearchParams(asked)}`);

	const names = cities.map(({ id, name }) => ({ id, name }));
	const release = await findRelease(app.db, null);
	if (release === null) return { asked, faults, release, cities: names, figures: null };

	const filter = { cityId: null, ...days };
	const [totals, growth] = await Promise.all([
		listTotals(app.db, release, filter),
		readGrowth(app.db, release, filter),
	]);
	return { asked, faults, release, cities: names, figures: { totals, growth } };
};
