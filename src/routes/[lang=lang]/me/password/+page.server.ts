import { fail, redirect } from '@sveltejs/kit';
import { authorise, failTooMany, forgive, limit, readForm } from '#lib/server/http/index.ts';
import { changePassword, startSession } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { passwordForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = (event) => {
	authorise(event, 'account.manage', NO_CITY);
};

export const actions: Actions = {
	default: async (event) => {
		const permit = authorise(event, 'account.manage', NO_CITY);
		const { app } = event.locals;
		const { accountId, secondFactorGiven } = permit.actor;
		const form = await readForm(event.request, passwordForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const allowed = await limit(app, 'password.prove', accountId);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const { password, newPassword } = form.value;
		const changed = await changePassword(app, permit, { current: password, next: newPassword });
		if (!changed.ok) {
			const field = changed.refusal.code === 'password_wrong' ? 'password' : 'newPassword';
			return fail(400, { errors: { [field]: changed.refusal } });
		}
		await forgive(app, 'password.prove', accountId);
		const userAgent = event.request.headers.get('user-agent');
		await startSession(app, event.cookies, accountId, userAgent, secondFactorGiven);
		redirect(303, `/${event.params.lang}/me?done=password`);
	},
};
