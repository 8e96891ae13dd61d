import { fail, redirect } from '@sveltejs/kit';
import { failTooMany, limitAll, networkOf, readForm } from '#lib/server/http/index.ts';
import { confirmNewEmail, endSession, findNewEmail } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { newEmailForm } from './form.ts';

/** Only looks: programs that check mails for viruses open every link in them. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const token = url.searchParams.get('token') ?? '';
	return { token, link: await findNewEmail(locals.app.db, token, locals.actor) };
};

export const actions: Actions = {
	default: async (event) => {
		const { app, actor } = event.locals;
		const form = await readForm(event.request, newEmailForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const { token, password } = form.value;
		const allowed = await limitAll(app, [
			['link.address', networkOf(event.getClientAddress())],
			['confirmation.password', token],
		]);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const confirmed = await confirmNewEmail(app, token, { actor, password });
		if (!confirmed.ok) {
			const field = confirmed.refusal.code.startsWith('password') ? 'password' : 'form';
			return fail(400, { errors: { [field]: confirmed.refusal } });
		}
		await endSession(app, event.cookies);
		redirect(303, `/${event.params.lang}/sign-in?moved=yes`);
	},
};
