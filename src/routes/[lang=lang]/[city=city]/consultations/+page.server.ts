import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { listConsultations } from '#lib/server/consultation/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const consultations = await listConsultations(
		locals.app.db,
		params.city as CityId,
		params.lang as Language,
	);
	return { consultations };
};
