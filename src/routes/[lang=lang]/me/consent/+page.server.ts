import { redirect } from '@sveltejs/kit';
import type { Language } from '#lib/domain/base/language.ts';
import { CONSENT_UNPROVED, CONSENT_VERSION } from '#lib/domain/identity/consent.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { authorise, safePath } from '#lib/server/http/index.ts';
import { agreeAgain, getOwnAccount } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'account.manage', NO_CITY);
	const { app } = event.locals;
	const [{ consent }, cities] = await Promise.all([
		getOwnAccount(app.db, actor.accountId),
		listCities(app.db, event.params.lang as Language),
	]);
	const home = cities.find(({ id }) => id === actor.residency?.cityId) ?? cities[0];
	return {
		consent,
		isProved: consent?.version !== CONSENT_UNPROVED,
		isCurrent: consent === null || consent.version === CONSENT_VERSION,
		operator: app.operator,
		timeZone: home?.timeZone ?? 'UTC',
		next: safePath(event.url.searchParams.get('next'), `/${event.params.lang}/me`),
	};
};

export const actions: Actions = {
	agree: async (event) => {
		const permit = authorise(event, 'account.manage', NO_CITY);
		await agreeAgain(event.locals.app, permit);
		redirect(303, safePath(event.url.searchParams.get('next'), `/${event.params.lang}/me?done=consent`));
	},
};
