import {
	findRelease,
	listAnswerPeriods,
	listEndedVotes,
	listLineComments,
	listTotals,
	readDays,
	readGrowth,
} from '#lib/server/statistics/index.ts';
import type { PageServerLoad } from './$types';

/** A city's participation as the newest release tells it. */
export const load: PageServerLoad = async ({ locals: { app }, params: { lang }, parent, url }) => {
	const { city } = await parent();
	const { asked, days, faults } = readDays(url.searchParams);
	const release = await findRelease(app.db, null);
	if (release === null) return { asked, faults, release, figures: null };

	const filter = { cityId: city.id, ...days };
	const [totals, growth, answers, lines, votes] = await Promise.all([
		listTotals(app.db, release, filter),
		readGrowth(app.db, release, filter),
		listAnswerPeriods(app.db, release, filter),
		listLineComments(app.db, release, filter, lang),
		listEndedVotes(app.db, release, filter, lang),
	]);
	return { asked, faults, release, figures: { totals, growth, answers, lines, votes } };
};
