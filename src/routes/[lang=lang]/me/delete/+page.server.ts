import { fail, redirect } from '@sveltejs/kit';
import { authorise, failTooMany, limit, readForm } from '#lib/server/http/index.ts';
import { deleteAccount, endSession, forgetDevice } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { deletionForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = (event) => {
	const { actor } = authorise(event, 'account.manage', NO_CITY);
	return { isStaff: actor.grants.length > 0, votesMayBeOpen: actor.residency !== null };
};

export const actions: Actions = {
	default: async (event) => {
		const permit = authorise(event, 'account.manage', NO_CITY);
		const { app } = event.locals;
		const form = await readForm(event.request, deletionForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const allowed = await limit(app, 'password.prove', permit.actor.accountId);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const deleted = await deleteAccount(app, permit, { current: form.value.password });
		if (!deleted.ok) {
			const field = deleted.refusal.code === 'password_wrong' ? 'password' : 'form';
			return fail(400, { errors: { [field]: deleted.refusal } });
		}
		await endSession(app, event.cookies);
		forgetDevice(app, event.cookies);
		redirect(303, `/${event.params.lang}/sign-in?deleted=yes`);
	},
};
