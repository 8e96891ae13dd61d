import { fail, redirect } from '@sveltejs/kit';
import { failTooMany, limitAll, networkOf, readForm } from '#lib/server/http/index.ts';
import {
	confirmEmail,
	findConfirmation,
	isOwnConfirmation,
	rememberDevice,
	startSession,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { confirmationForm } from './form.ts';

/** Only looks: programs that check mails for viruses open every link in them. */
export const load: PageServerLoad = async ({ locals: { app, actor }, cookies, url }) => {
	const token = url.searchParams.get('token') ?? '';
	const [confirmation, isOwn] = await Promise.all([
		findConfirmation(app.db, token),
		isOwnConfirmation(app, token, { actor, cookies }),
	]);
	return { token, confirmation, isOwn };
};

export const actions: Actions = {
	default: async (event) => {
		const { app, actor } = event.locals;
		const { cookies, request } = event;
		const form = await readForm(request, confirmationForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const { token, password } = form.value;
		const allowed = await limitAll(app, [
			['confirmation.address', networkOf(event.getClientAddress())],
			['confirmation.password', token],
		]);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const confirmed = await confirmEmail(app, token, { actor, cookies, password: password || null });
		if (!confirmed.ok) {
			const field = confirmed.refusal.code === 'link_not_valid' ? 'form' : 'password';
			return fail(400, { errors: { [field]: confirmed.refusal } });
		}
		const { accountId, email } = confirmed.value;
		await startSession(app, cookies, accountId, request.headers.get('user-agent'));
		rememberDevice(app, cookies, email);
		redirect(303, `/${event.params.lang}/me?done=confirmed`);
	},
};
