import { error } from '@sveltejs/kit';
import { toWallTime } from '#lib/i18n/date.ts';
import { readBudgetOfYear } from '#lib/server/budget/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, parent }) => {
	const { city } = await parent();
	const currentYear = Number(toWallTime(locals.app.clock(), city.timeZone).date.slice(0, 4));
	const budget = await readBudgetOfYear(
		locals.app.db,
		city,
		Number(params.year),
		url.searchParams.get('version'),
		params.lang,
		currentYear,
	);
	if (budget === null) error(404);
	return { budget };
};
