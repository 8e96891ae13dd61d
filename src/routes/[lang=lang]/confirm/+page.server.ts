import { fail, redirect } from '@sveltejs/kit';
import { failTooMany, limit, networkOf, readForm } from '#lib/server/http/index.ts';
import { confirmEmail, findConfirmation } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { confirmationForm } from './form.ts';

/** Only looks: programs that check mails for viruses open every link in them. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const token = url.searchParams.get('token') ?? '';
	return { token, confirmation: await findConfirmation(locals.app.db, token) };
};

export const actions: Actions = {
	default: async (event) => {
		const { app, actor } = event.locals;
		const form = await readForm(event.request, confirmationForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const allowed = await limit(app, 'confirmation.address', networkOf(event.getClientAddress()));
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const confirmed = await confirmEmail(app, form.value.token);
		if (!confirmed.ok) return fail(400, { errors: { form: confirmed.refusal } });
		const isSignedIn = actor.kind === 'signed_in' && actor.accountId === confirmed.value;
		redirect(303, `/${event.params.lang}/${isSignedIn ? 'me' : 'sign-in?confirmed=yes'}`);
	},
};
