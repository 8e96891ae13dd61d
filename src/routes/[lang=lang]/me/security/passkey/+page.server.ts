import { fail, redirect } from '@sveltejs/kit';
import { authorise, readForm } from '#lib/server/http/index.ts';
import { addPasskey, beginPasskey, relyingParty } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { withPassword } from '../prove.ts';
import { addPasskeyForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = (event) => {
	authorise(event, 'factor.manage', NO_CITY);
	return { isPossible: relyingParty(event.locals.app.origin) !== null };
};

export const actions: Actions = {
	begin: async (event) => {
		const begun = await withPassword(event, (permit, password) =>
			beginPasskey(event.locals.app, permit, password),
		);
		return begun.failure ?? { options: begun.done };
	},

	add: async (event) => {
		const permit = authorise(event, 'factor.manage', NO_CITY);
		const form = await readForm(event.request, addPasskeyForm);
		if (!form.ok) {
			const { name } = form.errors;
			const errors = name ? { name } : { form: { code: 'passkey_not_added' } };
			return fail(400, { values: form.values, errors });
		}
		const added = await addPasskey(event.locals.app, permit, form.value);
		if (!added.ok) return fail(400, { values: form.values, errors: { form: added.refusal } });
		redirect(303, `/${event.params.lang}/me/security?done=passkey`);
	},
};
