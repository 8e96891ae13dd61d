import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { findCity, type City } from '#lib/server/budget/index.ts';
import { authorise, readForm } from '#lib/server/http/index.ts';
import {
	configureCity,
	hasAnonymousCodes,
	listOpenMethods,
	listUsableMethods,
} from '#lib/server/identity/index.ts';
import { invite, loadStaff, withdraw } from '../../staff-desk.ts';
import type { Actions, PageServerLoad } from './$types';
import { settingsForm } from './form.ts';

/** One city: who works there, and how it is set. */
export const load: PageServerLoad = async (event) => {
	const { id, name, timeZone } = await getPlace(event);
	const { app } = event.locals;
	const [desk, open, usable, anonymous] = await Promise.all([
		loadStaff(event, id),
		listOpenMethods(app.db, id),
		listUsableMethods(app, id),
		hasAnonymousCodes(app.db, id),
	]);
	return { ...desk, place: { id, name }, timeZone, methods: { open, usable, anonymous } };
};

export const actions: Actions = {
	invite: async (event) => invite(event, (await getPlace(event)).id),
	configure: async (event) => {
		const permit = authorise(event, 'city.configure', { cityId: (await getPlace(event)).id });
		const form = await readForm(event.request, settingsForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { method, anonymous } = form.value;
		const configured = await configureCity(event.locals.app, permit, {
			residencyMethods: method,
			anonymousCodes: anonymous,
		});
		if (!configured.ok) {
			const field = configured.refusal.code === 'residency_methods_none' ? 'method' : 'anonymous';
			return fail(400, { values: form.values, errors: { [field]: configured.refusal } });
		}
		redirect(303, `${event.url.pathname}?done=configured`);
	},
	withdraw: async (event) => withdraw(event, (await getPlace(event)).id),
};

/** The city of the address, for whoever may know what administrators see of it. */
async function getPlace(event: RequestEvent): Promise<City> {
	const cityId = event.params['city'] as CityId;
	authorise(event, 'admin.view', { cityId });
	const place = await findCity(event.locals.app.db, cityId, event.params['lang'] as Language);
	return place ?? error(404);
}
