import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Actor } from '#lib/domain/access/actor.ts';

const YEAR_IN_SECONDS = 31_536_000;

const HEADERS: Readonly<Record<string, string>> = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

function headersOf(origin: string): Readonly<Record<string, string>> {
	if (!origin.startsWith('https:')) return HEADERS;
	return { ...HEADERS, 'strict-transport-security': `max-age=${YEAR_IN_SECONDS}; includeSubDomains` };
}

/** Sets them on what never comes here too: files that lie in the build, and requests that the adapter refuses itself. */
export function protectFiles(origin: string): void {
	const headers = Object.entries(headersOf(origin));
	subscribe('http.server.request.start', (message) => {
		const { response } = message as { response: ServerResponse };
		for (const [name, value] of headers) response.setHeader(name, value);
	});
}

/** For answers that carry no policy of their own: pages of ours get theirs, with a nonce, from the framework. */
const NOTHING_ALLOWED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The last page, shown when ours cannot be, has a stylesheet and a picture. */
const LAST_PAGE = `${NOTHING_ALLOWED}; style-src 'self'; img-src 'self'`;

/**
 * Sets what every answer must carry. An answer to somebody signed in, or one that sets or ends a cookie, is never kept by a
 * cache: everybody after would be signed in or out with it.
 */
export function protect(
	response: Response,
	{ actor, requestId }: { actor: Actor; requestId: string },
	origin: string,
): Response {
	const { headers } = response;
	for (const [name, value] of Object.entries(headersOf(origin))) headers.set(name, value);
	headers.set('x-request-id', requestId);
	if (!headers.has('content-security-policy')) {
		const isPage = headers.get('content-type')?.startsWith('text/html');
		headers.set('content-security-policy', isPage ? LAST_PAGE : NOTHING_ALLOWED);
	}
	const isPersonal = actor.kind === 'signed_in' || headers.has('set-cookie');
	if (isPersonal) headers.set('cache-control', 'private, no-store');
	else if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
	return response;
}
