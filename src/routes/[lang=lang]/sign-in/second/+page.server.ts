import { fail, redirect } from '@sveltejs/kit';
import { failTooMany, forgive, limitAll, networkOf, readForm, safePath } from '#lib/server/http/index.ts';
import {
	completeSignIn,
	findDemonstrationCode,
	findHalfSignIn,
	proveSecondFactor,
	rememberDevice,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { secondStepForm } from './form.ts';

export const load: PageServerLoad = async ({ cookies, locals: { app }, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const next = safePath(url.searchParams.get('next'), `/${params.lang}/me`);
	const half = await findHalfSignIn(app, cookies);
	if (half === null) redirect(303, toSignIn(params.lang, next));
	return { email: half.email, next, demonstrationCode: await findDemonstrationCode(app, half.accountId) };
};

export const actions: Actions = {
	default: async (event) => {
		const { app } = event.locals;
		const { cookies, params, request } = event;
		const half = await findHalfSignIn(app, cookies);
		const form = await readForm(request, secondStepForm);
		const next = safePath(form.values['next'], `/${params.lang}/me`);
		if (half === null) redirect(303, toSignIn(params.lang, next));
		if (!form.ok) return fail(400, { errors: form.errors });
		const { accountId, email, emailKey } = half;
		const allowed = await limitAll(app, [
			['second_step.address', networkOf(event.getClientAddress())],
			['second_step.account', accountId],
		]);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const proven = await proveSecondFactor(app, accountId, form.value.code);
		if (!proven.ok) return fail(400, { errors: { code: proven.refusal } });
		// Another request of this browser was quicker, or all sessions of the account were ended meanwhile.
		const isDone = await completeSignIn(app, cookies, accountId, request.headers.get('user-agent'));
		if (!isDone) redirect(303, toSignIn(params.lang, next));
		await forgive(app, 'second_step.account', accountId);
		rememberDevice(app, cookies, { address: email, key: emailKey });
		redirect(303, next);
	},
};

const toSignIn = (language: string, next: string): string =>
	`/${language}/sign-in?${new URLSearchParams({ next })}`;
