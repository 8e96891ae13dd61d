import { randomBytes } from 'node:crypto';
import type { Handle } from '@sveltejs/kit';
import type { RouteId } from '$app/types';

type Event = Parameters<Handle>[0]['event'];

/** What visitors read. Nothing in these pages is made for one reader: no form's id, no name, nothing from a cookie. */
const SHARED: ReadonlySet<string | null> = new Set<RouteId>([
	'/[lang=lang]',
	'/[lang=lang]/statistics',
	'/[lang=lang]/[city=city]',
	'/[lang=lang]/[city=city]/answers',
	'/[lang=lang]/[city=city]/budget/[year=year]',
	'/[lang=lang]/[city=city]/consultations',
	'/[lang=lang]/[city=city]/consultations/[slug=slug]/results',
	'/[lang=lang]/[city=city]/statistics',
]);

type Page = { readonly html: string; readonly headers: Headers; readonly nonce: string };
type Rendering = { readonly page: Promise<Page | null>; isAwaited: boolean };

const NONCE = /'nonce-([^']+)'/;
const NONCE_BYTES = 16;

/**
 * Renders a public page once for all visitors who ask for the same address at the same moment, as when the evening news
 * names it. Nothing is kept: who asks after it was answered starts a new rendering, so no page is older than the time it
 * takes to make one. Every answer has a nonce of its own. Whoever sends a cookie is no part of it.
 */
export function shareRenderings(): Handle {
	const underWay = new Map<string, Rendering>();
	return async ({ event, resolve }) => {
		if (!isShared(event)) return resolve(event);
		const address = event.url.pathname + event.url.search;
		const other = underWay.get(address);
		if (other !== undefined) {
			other.isAwaited = true;
			const page = await other.page;
			return page === null ? resolve(event) : answerWith(page);
		}
		const { promise, resolve: tell } = Promise.withResolvers<Page | null>();
		const rendering: Rendering = { page: promise, isAwaited: false };
		underWay.set(address, rendering);
		let page: Page | null = null;
		try {
			const response = await resolve(event);
			// Before the body is read: nobody joins what is finished.
			underWay.delete(address);
			const nonce = NONCE.exec(response.headers.get('content-security-policy') ?? '')?.[1];
			if (!rendering.isAwaited || !isPage(response) || nonce === undefined) return response;
			page = { html: await response.text(), headers: response.headers, nonce };
			return answerWith(page);
		} finally {
			underWay.delete(address);
			tell(page);
		}
	};
}

function isShared({ request, route, isDataRequest, isSubRequest }: Event): boolean {
	return (
		request.method === 'GET' &&
		!isDataRequest &&
		!isSubRequest &&
		SHARED.has(route.id) &&
		!request.headers.has('cookie') &&
		!request.headers.has('authorization')
	);
}

function isPage({ status, headers }: Response): boolean {
	const isHtml = headers.get('content-type')?.startsWith('text/html') ?? false;
	return status === 200 && isHtml && !headers.has('set-cookie');
}

/** The page under a fresh nonce, which no other answer has. Its tag was made of other bytes, so it goes without one. */
function answerWith({ html, headers, nonce }: Page): Response {
	const fresh = randomBytes(NONCE_BYTES).toString('base64');
	const answer = new Response(html.replaceAll(nonce, fresh), { headers });
	answer.headers.set(
		'content-security-policy',
		headers.get('content-security-policy')!.replaceAll(nonce, fresh),
	);
	answer.headers.delete('etag');
	return answer;
}
