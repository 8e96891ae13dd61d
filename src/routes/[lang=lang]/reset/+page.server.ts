import { fail, redirect } from '@sveltejs/kit';
import { failTooMany, limit, networkOf, readForm } from '#lib/server/http/index.ts';
import { endSession, findLink, rememberDevice, resetPassword } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { resetForm } from './form.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const token = url.searchParams.get('token') ?? '';
	return { token, link: await findLink(locals.app.db, token, 'reset_password') };
};

export const actions: Actions = {
	default: async (event) => {
		const { app } = event.locals;
		const form = await readForm(event.request, resetForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const allowed = await limit(app, 'link.address', networkOf(event.getClientAddress()));
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const { token, newPassword } = form.value;
		const email = await resetPassword(app, { token, next: newPassword });
		if (!email.ok) {
			const field = email.refusal.code === 'password_common' ? 'newPassword' : 'form';
			return fail(400, { errors: { [field]: email.refusal } });
		}
		// Whoever reads the mail is the owner: strangers' wrong guesses are not counted against this device.
		rememberDevice(app, event.cookies, email.value);
		await endSession(app, event.cookies);
		redirect(303, `/${event.params.lang}/sign-in?reset=yes`);
	},
};
