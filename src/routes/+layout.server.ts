import type { SignedIn } from '#lib/domain/access/actor.ts';
import { can } from '#lib/domain/access/can.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { listCities } from '#lib/server/budget/index.ts';
import type { Reader } from '#lib/server/capabilities.ts';
import { isDemonstration } from '#lib/server/identity/index.ts';
import type { LayoutServerLoad } from './$types';

const LANGUAGE_PREFIX = /^\/(kk|ru|en)(?=\/|$)/;

/** What every page shows around its content; an unknown address gets it too. */
export const load: LayoutServerLoad = async ({ locals, url }) => {
	const { actor, app } = locals;
	const language = getLocale();
	return {
		language,
		/** The address behind the language, for the links to the other languages. */
		path: url.pathname.replace(LANGUAGE_PREFIX, '') + searchOf(url),
		demonstration: await isDemonstration(app.db),
		account:
			actor.kind === 'visitor'
				? null
				: {
						displayName: actor.displayName,
						office: await listOffices(app.db, actor, language),
						administers: can(actor, 'admin.view', { cityId: null }),
					},
	};
};

/** What an address asks for. The action of a form just sent is left out: followed as a link, it would be none. */
function searchOf({ search, searchParams }: URL): string {
	const asked = [...searchParams].filter(([name]) => !name.startsWith('/'));
	if (asked.length === searchParams.size) return search;
	return asked.length > 0 ? `?${new URLSearchParams(asked)}` : '';
}

async function listOffices(
	reader: Reader,
	actor: SignedIn,
	language: Language,
): Promise<{ slug: string; name: string }[]> {
	const mine = new Set(
		actor.grants.flatMap(({ role, cityId }) => (role === 'official' && cityId ? [cityId] : [])),
	);
	if (mine.size === 0) return [];
	const cities = await listCities(reader, language);
	return cities.filter(({ id }) => mine.has(id)).map(({ id, name }) => ({ slug: id, name }));
}
