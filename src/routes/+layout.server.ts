import { getLocale } from '#lib/paraglide/runtime.js';
import { isDemonstration } from '#lib/server/identity/index.ts';
import type { LayoutServerLoad } from './$types';

const LANGUAGE_PREFIX = /^\/(kk|ru|en)(?=\/|$)/;

/** What every page shows around its content; an unknown address gets it too. */
export const load: LayoutServerLoad = async ({ locals, url }) => {
	const { actor, app } = locals;
	return {
		language: getLocale(),
		/** The address behind the language, for the links to the other languages. */
		path: url.pathname.replace(LANGUAGE_PREFIX, '') + url.search,
		demonstration: await isDemonstration(app.db),
		account:
			actor.kind === 'visitor'
				? null
				: {
						displayName: actor.displayName,
						officeCityIds: actor.grants.flatMap(({ role, cityId }) =>
							role === 'official' && cityId !== null ? [cityId] : [],
						),
					},
	};
};
