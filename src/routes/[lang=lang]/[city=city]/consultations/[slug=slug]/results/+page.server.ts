import { error, redirect } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { countBallots, findConsultation, listOptionResults } from '#lib/server/consultation/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = locals.app;
	const cityId = params.city as CityId;
	const language = params.lang as Language;
	const consultation = await findConsultation(db, cityId, params.slug, language);
	if (consultation === null) error(404);
	const [count, options] = await Promise.all([
		countBallots(db, cityId, consultation.id),
		listOptionResults(db, cityId, consultation.id, language),
	]);
	// Before the count there is nothing to see; the page of the consultation says when there will be.
	if (count === null) redirect(303, url.pathname.replace(/\/results$/, ''));
	return { consultation, count, options };
};
