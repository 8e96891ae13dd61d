import { fail, redirect } from '@sveltejs/kit';
import type { Language } from '#lib/domain/base/language.ts';
import { failTooMany, limitAll, networkOf, readForm } from '#lib/server/http/index.ts';
import { requestReset } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { forgottenForm } from './form.ts';

export const load: PageServerLoad = ({ locals, url }) => ({
	sent: url.searchParams.get('sent') === 'yes',
	mailLeaves: locals.app.mailer !== null,
});

export const actions: Actions = {
	default: async (event) => {
		const { app } = event.locals;
		const form = await readForm(event.request, forgottenForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { email } = form.value;
		const allowed = await limitAll(app, [
			['reset.address', networkOf(event.getClientAddress())],
			['reset.email', email.key],
		]);
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		await requestReset(app, email, event.params.lang as Language);
		redirect(303, `/${event.params.lang}/sign-in/forgotten?sent=yes`);
	},
};
