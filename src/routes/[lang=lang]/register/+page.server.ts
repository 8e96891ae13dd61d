import { fail, redirect } from '@sveltejs/kit';
import type { Language } from '#lib/domain/base/language.ts';
import { failTooMany, limitAll, networkOf, readForm } from '#lib/server/http/index.ts';
import {
	isDemonstration,
	markBrowser,
	markRegistration,
	registerAccount,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { registrationForm } from './form.ts';

export const load: PageServerLoad = ({ locals, params }) => {
	if (locals.actor.kind === 'signed_in') redirect(303, `/${params.lang}/me`);
	return { operator: locals.app.operator };
};

export const actions: Actions = {
	default: async (event) => {
		const { app } = event.locals;
		const form = await readForm(event.request, registrationForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { email, displayName, password } = form.value;
		const allowed = await limitAll(app, [
			['register.address', networkOf(event.getClientAddress())],
			['register.email', email.key],
		]);
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const facts = await registerAccount(app, {
			email,
			displayName,
			password,
			language: event.params.lang as Language,
			browser: (await isDemonstration(app.db)) ? markBrowser(app, event.cookies) : null,
		});
		markRegistration(app, event.cookies, facts);
		redirect(303, `/${event.params.lang}/register/check-mail`);
	},
};
