import { error } from '@sveltejs/kit';
import { listCities } from '#lib/server/budget/index.ts';
import { findBrowserHash, isDemonstration } from '#lib/server/identity/index.ts';
import { listMailOfBrowser } from '#lib/server/mail/index.ts';
import type { PageServerLoad } from './$types';

/** There is no such page outside a demonstration. */
export const load: PageServerLoad = async ({ cookies, locals, params, setHeaders }) => {
	const { app } = locals;
	if (!(await isDemonstration(app.db))) error(404);
	setHeaders({ 'cache-control': 'private, no-store' });
	const browserHash = findBrowserHash(cookies);
	const [city] = await listCities(app.db, params.lang);
	return {
		origin: app.origin,
		timeZone: city?.timeZone ?? 'UTC',
		mails: browserHash === null ? [] : await listMailOfBrowser(app, browserHash),
	};
};
