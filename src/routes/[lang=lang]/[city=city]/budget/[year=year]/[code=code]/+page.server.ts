import { error } from '@sveltejs/kit';
import { readLinePage } from '#lib/server/budget/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, parent }) => {
	const { city } = await parent();
	const line = await readLinePage(
		locals.app.db,
		city,
		Number(params.year),
		params.code,
		url.searchParams.get('version'),
		params.lang,
	);
	if (line === null) error(404);
	return { line };
};
