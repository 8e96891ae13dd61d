import { fail, redirect } from '@sveltejs/kit';
import type { SessionId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { authorise, readForm } from '#lib/server/http/index.ts';
import { endAllSessions, endOneSession, endSession, listSessions } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { sessionForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'account.manage', NO_CITY);
	const { app } = event.locals;
	const [sessions, cities] = await Promise.all([
		listSessions(app, event.cookies, actor.accountId),
		listCities(app.db, event.params.lang as Language),
	]);
	const home = cities.find(({ id }) => id === actor.residency?.cityId) ?? cities[0];
	return { sessions, timeZone: home?.timeZone ?? 'UTC', isStaff: actor.grants.length > 0 };
};

export const actions: Actions = {
	end: async (event) => {
		const permit = authorise(event, 'account.manage', NO_CITY);
		const form = await readForm(event.request, sessionForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		await endOneSession(event.locals.app, permit, form.value.id as SessionId);
		redirect(303, `/${event.params.lang}/me/sessions`);
	},
	endAll: async (event) => {
		const { actor } = authorise(event, 'account.manage', NO_CITY);
		const { app } = event.locals;
		await endAllSessions(app.db, actor.accountId);
		await endSession(app, event.cookies);
		redirect(303, `/${event.params.lang}/sign-in?ended=yes`);
	},
};
