import { fail, redirect } from '@sveltejs/kit';
import { authorise, failTooMany, limitAll, readForm } from '#lib/server/http/index.ts';
import { getOwnAccount, requestNewEmail } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { emailForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'account.manage', NO_CITY);
	const { app } = event.locals;
	const { email } = await getOwnAccount(app.db, actor.accountId);
	return { email, mailLeaves: app.mailer !== null, sent: event.url.searchParams.get('sent') === 'yes' };
};

export const actions: Actions = {
	default: async (event) => {
		const permit = authorise(event, 'account.manage', NO_CITY);
		const { app } = event.locals;
		const { accountId } = permit.actor;
		const form = await readForm(event.request, emailForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { email, password } = form.value;
		const allowed = await limitAll(app, [
			['password.prove', accountId],
			['email.change', accountId],
			['email.change_to', email.key],
		]);
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const requested = await requestNewEmail(app, permit, { current: password, email });
		if (!requested.ok) {
			const field = requested.refusal.code === 'password_wrong' ? 'password' : 'email';
			return fail(400, { values: form.values, errors: { [field]: requested.refusal } });
		}
		redirect(303, `/${event.params.lang}/me/email?sent=yes`);
	},
};
