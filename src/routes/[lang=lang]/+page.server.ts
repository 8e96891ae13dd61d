import { parseInstant } from '#lib/domain/base/time.ts';
import { readCityCards } from '#lib/server/budget/index.ts';
import { listOpenConsultations } from '#lib/server/consultation/index.ts';
import { listLatestAnswers } from '#lib/server/dialogue/index.ts';
import { findMyCity } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

const ANSWERS = 4;
const WEEK = 7 * 86_400_000;

export const load: PageServerLoad = async ({ cookies, locals, params }) => {
	const { actor, app } = locals;
	const { db } = app;
	const [cities, open, answers] = await Promise.all([
		readCityCards(db, params.lang),
		listOpenConsultations(db, null, params.lang),
		listLatestAnswers(db, null, params.lang, ANSWERS),
	]);
	const home = findMyCity(cookies) ?? (actor.kind === 'signed_in' ? (actor.residency?.cityId ?? null) : null);
	const weekAgo = parseInstant(new Date(Date.parse(app.clock()) - WEEK).toISOString());
	const ofThisWeek = answers.filter(({ revisions }) => (revisions[0]?.publishedAt ?? '') >= weekAgo);
	return {
		cities,
		/** The city that the reader called theirs, else the one where they live. */
		mine: cities.find(({ id }) => id === home) ?? null,
		open,
		answers: ofThisWeek.length > 0 ? ofThisWeek : answers,
		areOfThisWeek: ofThisWeek.length > 0,
	};
};
