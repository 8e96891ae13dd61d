import { error, redirect } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { findCity } from '#lib/server/budget/index.ts';
import { forgetMyCity, keepMyCity, readForm } from '#lib/server/http/index.ts';
import type { RequestHandler } from './$types';
import { myCityForm } from './form.ts';

/** Keeps a city as the reader's own, or with an empty one keeps none. */
export const POST: RequestHandler = async ({ cookies, locals: { app }, params, request }) => {
	const form = await readForm(request, myCityForm);
	if (!form.ok) error(400);
	const { city: slug } = form.value;
	if (slug === '') {
		forgetMyCity(cookies);
		redirect(303, `/${params.lang}`);
	}
	const city = await findCity(app.db, slug as CityId, params.lang as Language);
	if (city === null) error(404);
	keepMyCity(app, cookies, city.id);
	redirect(303, `/${params.lang}/${city.id}`);
};
