import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#lib/domain/access/actor.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { findCity } from '#lib/server/budget/index.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { authorise, failTooMany, limit, networkOf, readForm } from '#lib/server/http/index.ts';
import {
	acceptInvitation,
	endSession,
	findInvitation,
	getOwnAccount,
	registerInvited,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { acceptForm, invitedForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = async ({ locals: { app, actor }, params, url }) => {
	const token = url.searchParams.get('token') ?? '';
	const found = await findInvitation(app.db, token);
	if (found.state === 'unknown') return { token, invitation: found, step: null, operator: app.operator };
	const { state, email, role, cityId, hasAccount } = found;
	const [city, account] = await Promise.all([
		cityId === null ? null : findCity(app.db, cityId, params.lang as Language),
		findOwn(app.db, actor),
	]);
	const isOwn = account?.email.toLowerCase() === email.toLowerCase();
	return {
		token,
		invitation: { state, email, role, city: city && { id: city.id, name: city.name } },
		/** What whoever opens it does next. */
		step: account !== null ? (isOwn ? 'accept' : 'other_account') : hasAccount ? 'sign_in' : 'register',
		operator: app.operator,
	} as const;
};

/** Null for who has no account, or one whose address was never confirmed: by the link it begins anew. */
async function findOwn(reader: Reader, actor: Actor): Promise<{ readonly email: string } | null> {
	if (actor.kind === 'visitor' || !actor.emailConfirmed) return null;
	return await getOwnAccount(reader, actor.accountId);
}

export const actions: Actions = {
	accept: async (event) => {
		const permit = authorise(event, 'invitation.accept', NO_CITY);
		const { app } = event.locals;
		const form = await readForm(event.request, acceptForm);
		if (!form.ok) return fail(400, { values: {}, errors: form.errors });
		const allowed = await limit(app, 'link.address', networkOf(event.getClientAddress()));
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const accepted = await acceptInvitation(app, permit, form.value.token);
		if (!accepted.ok) return fail(400, { values: {}, errors: { form: accepted.refusal } });
		return await toAccepted(event, form.value.token);
	},

	register: async (event) => {
		const { app } = event.locals;
		const form = await readForm(event.request, invitedForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const allowed = await limit(app, 'link.address', networkOf(event.getClientAddress()));
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const { token, displayName, password } = form.value;
		const language = event.params.lang as Language;
		const registered = await registerInvited(app, { token, displayName, password, language });
		if (!registered.ok) {
			const field = registered.refusal.code === 'password_common' ? 'password' : 'form';
			return fail(400, { values: form.values, errors: { [field]: registered.refusal } });
		}
		return await toAccepted(event, token);
	},
};

/** The same page, which now says whose the role is and where to sign in: every session of the account has ended. */
async function toAccepted({ cookies, locals, params }: RequestEvent, token: string): Promise<never> {
	await endSession(locals.app, cookies);
	redirect(303, `/${params.lang}/invitation?token=${encodeURIComponent(token)}`);
}
