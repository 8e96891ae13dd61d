import { toWallTime } from '#lib/i18n/date.ts';
import { readCityOverview } from '#lib/server/budget/index.ts';
import { findOpenConsultation } from '#lib/server/consultation/index.ts';
import { countCommentsByLine, listLatestAnswers } from '#lib/server/dialogue/index.ts';
import { findMyCity } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

const ANSWERS = 2;

export const load: PageServerLoad = async ({ cookies, locals, params, parent }) => {
	const { city } = await parent();
	const currentYear = Number(toWallTime(locals.app.clock(), city.timeZone).date.slice(0, 4));
	const { db } = locals.app;
	const [overview, consultation, answers] = await Promise.all([
		readCityOverview(db, city, params.lang, currentYear),
		findOpenConsultation(db, city.id, params.lang),
		listLatestAnswers(db, city.id, params.lang, ANSWERS),
	]);
	const comments = overview.shown ? await countCommentsByLine(db, city.id, overview.shown.fiscalYear) : [];
	return {
		currentYear,
		isMine: findMyCity(cookies) === city.id,
		overview,
		consultation,
		answers,
		comments: new Map(
			comments.flatMap((line) => (line.kind === 'expenditure' ? [[line.code, line.comments]] : [])),
		),
	};
};
