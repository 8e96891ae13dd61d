import { error } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { listAudit, readAuditQuery } from '#lib/server/audit/index.ts';
import { authorise } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

const PAGE_SIZE = 50;

/** What staff did in this city: its officials see of each other what administrators see of them. */
export const load: PageServerLoad = async (event) => {
	const cityId = event.params.city as CityId;
	authorise(event, 'audit.view', { cityId });
	const query = readAuditQuery(event.url.searchParams);
	if (!query.ok) error(400);
	const { timeZone } = (await event.parent()).city;
	const { action, day, askedDay, before } = query.value;
	const { entries, next } = await listAudit(
		event.locals.app.db,
		{ cityId, action, day, before, timeZone },
		event.params.lang as Language,
		PAGE_SIZE,
	);
	return {
		asked: { city: '', action: action ?? '', day: askedDay },
		isDayWrong: askedDay !== '' && day === null,
		entries,
		next,
		isLater: before !== null,
	};
};
