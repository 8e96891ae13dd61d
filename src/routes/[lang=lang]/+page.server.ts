import { readCityCards } from '#lib/server/budget/index.ts';
import { listOpenConsultations } from '#lib/server/consultation/index.ts';
import { listLatestAnswers } from '#lib/server/dialogue/index.ts';
import type { PageServerLoad } from './$types';

const ANSWERS = 4;

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = locals.app;
	const [cities, open, answers] = await Promise.all([
		readCityCards(db, params.lang),
		listOpenConsultations(db, null, params.lang),
		listLatestAnswers(db, null, params.lang, ANSWERS),
	]);
	return { cities, open, answers };
};
