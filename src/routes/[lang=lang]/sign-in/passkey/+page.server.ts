import { fail, redirect } from '@sveltejs/kit';
import { failTooMany, limit, networkOf, readForm, safePath } from '#lib/server/http/index.ts';
import {
	beginPasskeySignIn,
	relyingParty,
	rememberDevice,
	signInByPasskey,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { passkeySignInForm } from './form.ts';

export const load: PageServerLoad = ({ locals: { app, actor }, params, url }) => {
	const next = safePath(url.searchParams.get('next'), `/${params.lang}/me`);
	// Who came by the password alone may come by the passkey as well: only that session counts for staff.
	if (actor.kind === 'signed_in' && actor.secondFactorGiven) redirect(303, next);
	return { next, isPossible: relyingParty(app.origin) !== null };
};

export const actions: Actions = {
	begin: async (event) => {
		const { app } = event.locals;
		const allowed = await limit(app, 'passkey.address', networkOf(event.getClientAddress()));
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const options = await beginPasskeySignIn(app);
		return options === null ? fail(400, { errors: { form: { code: 'passkey_refused' } } }) : { options };
	},

	finish: async (event) => {
		const { app } = event.locals;
		const form = await readForm(event.request, passkeySignInForm);
		if (!form.ok) return fail(400, { errors: { form: { code: 'passkey_refused' } } });
		const allowed = await limit(app, 'passkey.address', networkOf(event.getClientAddress()));
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const userAgent = event.request.headers.get('user-agent');
		const signedIn = await signInByPasskey(app, event.cookies, form.value.response, userAgent);
		if (!signedIn.ok) return fail(400, { errors: { form: signedIn.refusal } });
		rememberDevice(app, event.cookies, signedIn.value);
		redirect(303, safePath(form.value.next, `/${event.params.lang}/me`));
	},
};
