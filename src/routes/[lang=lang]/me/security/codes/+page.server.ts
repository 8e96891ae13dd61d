import { redirect } from '@sveltejs/kit';
import { authorise } from '#lib/server/http/index.ts';
import { getSecondFactor, renewRecoveryCodes } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { withPassword } from '../prove.ts';

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'factor.manage', { cityId: null });
	const { since } = await getSecondFactor(event.locals.app.db, actor.accountId);
	if (since === null) redirect(303, `/${event.params.lang}/me/security`);
};

export const actions: Actions = {
	default: async (event) => {
		const made = await withPassword(event, (permit, password) =>
			renewRecoveryCodes(event.locals.app, permit, password),
		);
		return made.failure ?? { codes: made.done };
	},
};
