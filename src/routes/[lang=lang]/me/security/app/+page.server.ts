import { fail, redirect } from '@sveltejs/kit';
import { authorise, failTooMany, limit, readForm, safePath } from '#lib/server/http/index.ts';
import { confirmTotp, findBegunTotp, startSession, toSquareCode } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { appCodeForm } from '../form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'factor.manage', NO_CITY);
	const next = safePath(event.url.searchParams.get('next'), '');
	const begun = await findBegunTotp(event.locals.app, actor.accountId);
	// After the code is confirmed this page shows the recovery codes, which are in the answer to the form.
	if (begun === null) {
		if (event.request.method === 'POST') return { next, begun: null };
		redirect(303, `/${event.params.lang}/me/security`);
	}
	return { next, begun: { secret: begun.secret, square: toSquareCode(begun.address) } };
};

export const actions: Actions = {
	default: async (event) => {
		const permit = authorise(event, 'factor.manage', NO_CITY);
		const { app } = event.locals;
		const { accountId } = permit.actor;
		const form = await readForm(event.request, appCodeForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const allowed = await limit(app, 'second_step.account', accountId);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const codes = await confirmTotp(app, permit, form.value.code);
		if (!codes.ok) {
			const field = codes.refusal.code === 'factor_code_wrong' ? 'code' : 'form';
			return fail(400, { errors: { [field]: codes.refusal } });
		}
		await startSession(app, event.cookies, accountId, event.request.headers.get('user-agent'), true);
		return { codes: codes.value, next: safePath(form.value.next, `/${event.params.lang}/me/security`) };
	},
};
