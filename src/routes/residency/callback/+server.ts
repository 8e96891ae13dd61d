import { redirect, type RequestEvent } from '@sveltejs/kit';
import { authorise, limitAll, networkOf, preferredLanguage, safePath } from '#lib/server/http/index.ts';
import {
	keepSetback,
	returnFromProvider,
	takeJourney,
	type Errand,
	type Setback,
} from '#lib/server/identity/index.ts';
import type { RequestHandler } from './$types';

const NOTHING_CHOSEN = { ageBand: null, moving: false };

/**
 * Where the provider of identities sends people back to; the address is registered there. Nothing is done for who did not
 * set out from this browser, signed in as now, in the last minutes.
 */
export const GET: RequestHandler = async (event) => {
	const { app, actor } = event.locals;
	const language = preferredLanguage(event.request.headers.get('accept-language'));
	if (actor.kind === 'visitor') redirect(303, `/${language}/me/residency`);
	const journey = takeJourney(app, event.cookies, actor.accountId);
	if (journey === null) {
		const setback = { refusal: { code: 'provider_journey_over' }, ...NOTHING_CHOSEN };
		return turnBack(event, actor.accountId, setback, `/${language}/me/residency?back=yes`);
	}
	const { errand } = journey;
	const permit = authorise(event, 'residency.confirm', { cityId: null });
	const allowed = await limitAll(app, [
		['residency.callback', actor.accountId],
		['residency.address', networkOf(event.getClientAddress())],
	]);
	const returned = allowed.ok
		? await returnFromProvider(app, permit, journey, event.url.searchParams)
		: allowed;
	if (returned.ok) redirect(303, safePath(errand.next, `/${errand.language}/me`));
	const { ageBand, moving } = errand;
	return turnBack(event, actor.accountId, { refusal: returned.refusal, ageBand, moving }, pageOf(errand));
};

function turnBack(
	event: RequestEvent,
	accountId: Parameters<typeof keepSetback>[2],
	setback: Setback,
	page: string,
): never {
	keepSetback(event.locals.app, event.cookies, accountId, setback);
	redirect(303, page);
}

/** The form from which they set out. */
function pageOf({ cityId, moving, next, language }: Errand): string {
	const query = new URLSearchParams({ city: cityId, method: 'oidc', next, back: 'yes' });
	if (moving) query.set('move', 'yes');
	return `/${language}/me/residency?${query}`;
}
