import { fail, redirect } from '@sveltejs/kit';
import { authorise, failTooMany, limit, readForm } from '#lib/server/http/index.ts';
import { changeProfile, getOwnAccount } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { profileForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'account.manage', NO_CITY);
	const { displayName, language, residency } = await getOwnAccount(event.locals.app.db, actor.accountId);
	return { own: { displayName, mailLanguage: language, residency } };
};

export const actions: Actions = {
	default: async (event) => {
		const permit = authorise(event, 'account.manage', NO_CITY);
		const { app } = event.locals;
		const form = await readForm(event.request, profileForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const allowed = await limit(app, 'profile.change', permit.actor.accountId);
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const { displayName, mailLanguage: language, ageBand } = form.value;
		await changeProfile(app, permit, { displayName, language, ageBand });
		redirect(303, `/${event.params.lang}/me?done=profile`);
	},
};
