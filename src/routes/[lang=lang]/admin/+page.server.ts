import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { authorise } from '#lib/server/http/index.ts';
import { countStaff } from '#lib/server/identity/index.ts';
import type { PageServerLoad } from './$types';

/** The cities and how many work in each. */
export const load: PageServerLoad = async (event) => {
	authorise(event, 'admin.view', { cityId: null });
	const { db } = event.locals.app;
	const [cities, counts] = await Promise.all([listCities(db, event.params.lang as Language), countStaff(db)]);
	const peopleIn = (city: CityId, role: StaffRole) =>
		counts.find((count) => count.cityId === city && count.role === role)?.people ?? 0;
	return {
		places: cities.map(({ id, name }) => ({
			...{ id, name },
			officials: peopleIn(id, 'official'),
			moderators: peopleIn(id, 'moderator'),
		})),
	};
};
