import type { Language } from '#lib/domain/base/language.ts';
import { isDemonstration } from '#lib/server/identity/index.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, params, url }) => {
	const { actor, app } = locals;
	return {
		language: params.lang as Language,
		path: url.pathname.slice(`/${params.lang}`.length) + url.search,
		demonstration: await isDemonstration(app.db),
		account:
			actor.kind === 'visitor'
				? null
				: {
						displayName: actor.displayName,
						officeCityIds: actor.grants
							.filter((grant) => grant.role === 'official')
							.map((grant) => grant.cityId),
					},
	};
};
