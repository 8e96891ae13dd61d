import { toWallTime } from '#lib/i18n/date.ts';
import { readCityOverview } from '#lib/server/budget/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent }) => {
	const { city } = await parent();
	const currentYear = Number(toWallTime(locals.app.clock(), city.timeZone).date.slice(0, 4));
	return { overview: await readCityOverview(locals.app.db, city, params.lang, currentYear) };
};
