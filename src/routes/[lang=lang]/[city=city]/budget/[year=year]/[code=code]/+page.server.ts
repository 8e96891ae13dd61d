import { error } from '@sveltejs/kit';
import { readLinePage } from '#lib/server/budget/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { loadDiscussion, publishComment } from './discussion.ts';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url, parent } = event;
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
	return { line, discussion: await loadDiscussion(event, line.subject) };
};

export const actions: Actions = { comment: publishComment };
