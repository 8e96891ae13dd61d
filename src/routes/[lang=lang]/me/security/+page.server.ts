import { redirect } from '@sveltejs/kit';
import type { Language } from '#lib/domain/base/language.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { authorise, safePath } from '#lib/server/http/index.ts';
import { beginTotp, getSecondFactor, listPasskeys, relyingParty } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { withPassword } from './prove.ts';

/** What was changed before one came here. */
const DONE = ['off', 'passkey', 'renamed', 'removed'] as const;

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'factor.manage', { cityId: null });
	const { db, origin } = event.locals.app;
	const [factor, passkeys, cities] = await Promise.all([
		getSecondFactor(db, actor.accountId),
		listPasskeys(db, actor.accountId),
		listCities(db, event.params.lang as Language),
	]);
	const home = cities.find(({ id }) => id === actor.residency?.cityId) ?? cities[0];
	return {
		factor,
		passkeys,
		/** Not every address can have them. */
		hasPasskeys: relyingParty(origin) !== null,
		timeZone: home?.timeZone ?? 'UTC',
		isMissing: actor.grants.length > 0 && !actor.secondFactorGiven,
		next: safePath(event.url.searchParams.get('next'), ''),
		done: DONE.find((act) => act === event.url.searchParams.get('done')) ?? null,
	};
};

export const actions: Actions = {
	begin: async (event) => {
		const begun = await withPassword(event, (permit, password) =>
			beginTotp(event.locals.app, permit, password),
		);
		if (begun.failure) return begun.failure;
		const query = new URLSearchParams({ next: safePath(begun.next, '') });
		redirect(303, `/${event.params.lang}/me/security/app?${query}`);
	},
};
