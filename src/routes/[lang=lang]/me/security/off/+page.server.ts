import { redirect } from '@sveltejs/kit';
import { authorise } from '#lib/server/http/index.ts';
import { getSecondFactor, removeTotp } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { withPassword } from '../prove.ts';

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'factor.manage', { cityId: null });
	const { since } = await getSecondFactor(event.locals.app.db, actor.accountId);
	if (since === null) redirect(303, `/${event.params.lang}/me/security`);
	return { isStaff: actor.grants.length > 0 };
};

export const actions: Actions = {
	default: async (event) => {
		const removed = await withPassword(event, (permit, password) =>
			removeTotp(event.locals.app, permit, password),
		);
		if (removed.failure) return removed.failure;
		redirect(303, `/${event.params.lang}/me/security?done=off`);
	},
};
