import { error } from '@sveltejs/kit';
import type { Language } from '#lib/domain/base/language.ts';
import { listAudit, readAuditQuery } from '#lib/server/audit/index.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { authorise } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 50;

/** Every act of staff in every city. Days and hours are those of the first city's clock. */
export const load: PageServerLoad = async (event) => {
	authorise(event, 'audit.view', { cityId: null });
	const { app } = event.locals;
	const language = event.params.lang as Language;
	const query = readAuditQuery(event.url.searchParams);
	if (!query.ok) error(400);
	const cities = await listCities(app.db, language);
	const askedCity = event.url.searchParams.get('city') ?? '';
	const city = cities.find(({ id }) => id === askedCity);
	if (askedCity !== '' && !city) error(400);

	const timeZone = (city ?? cities[0])?.timeZone ?? 'UTC';
	const { action, day, askedDay, before } = query.value;
	const filter = { cityId: city?.id ?? null, action, day, before, timeZone };
	const { entries, next } = await listAudit(app.db, filter, language, PAGE_SIZE);
	return {
		asked: { city: askedCity, action: action ?? '', day: askedDay },
		isDayWrong: askedDay !== '' && day === null,
		cities: cities.map(({ id, name }) => ({ value: id, label: name })),
		entries,
		next,
		isLater: before !== null,
		timeZone,
	};
};
