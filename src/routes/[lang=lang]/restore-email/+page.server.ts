import { fail, redirect } from '@sveltejs/kit';
import { failTooMany, limit, networkOf, readForm } from '#lib/server/http/index.ts';
import { endSession, findLink, rememberDevice, restoreEmail } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { restoreForm } from './form.ts';

/** Only looks: programs that check mails for viruses open every link in them. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const token = url.searchParams.get('token') ?? '';
	return { token, link: await findLink(locals.app.db, token, 'undo_email_change') };
};

export const actions: Actions = {
	default: async (event) => {
		const { app } = event.locals;
		const form = await readForm(event.request, restoreForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const allowed = await limit(app, 'link.address', networkOf(event.getClientAddress()));
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const { token, newPassword } = form.value;
		const email = await restoreEmail(app, { token, next: newPassword });
		if (!email.ok) return fail(400, { errors: { form: email.refusal } });
		rememberDevice(app, event.cookies, email.value);
		await endSession(app, event.cookies);
		redirect(303, `/${event.params.lang}/sign-in?restored=yes`);
	},
};
