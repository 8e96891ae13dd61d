import type { Language } from '#lib/domain/base/language.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { authorise } from '#lib/server/http/index.ts';
import { readMailHealth } from '#lib/server/mail/index.ts';
import { findRelease } from '#lib/server/statistics/index.ts';
import type { PageServerLoad } from './$types';

/** Whether what the server does by itself is done. Hours are those of the first city's clock. */
export const load: PageServerLoad = async (event) => {
	authorise(event, 'admin.view', { cityId: null });
	const { app } = event.locals;
	const [mail, release, cities] = await Promise.all([
		readMailHealth(app.db),
		findRelease(app.db, null),
		listCities(app.db, event.params.lang as Language),
	]);
	return {
		mail,
		mailLeaves: app.mailer !== null,
		releasedOn: release?.releasedOn ?? null,
		timeZone: cities[0]?.timeZone ?? 'UTC',
	};
};
