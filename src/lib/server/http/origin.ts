const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True when a request that may change something comes from a page of ours. A missing Origin is a foreign one. */
export function isFromOurPages(request: Request, origin: string): boolean {
	return SAFE_METHODS.has(request.method) || request.headers.get('origin') === origin;
}

/**
 * Where a reader who typed `localhost` should be instead: a form opened there would fail the check above, since its
 * Origin is another. Null when the request is for our own host, or may change something.
 */
export function ownAddress(request: Request, url: URL, origin: string): string | null {
	const own = new URL(origin);
	const [name] = (request.headers.get('host') ?? '').split(':');
	if (name !== 'localhost' || own.hostname === 'localhost' || request.method !== 'GET') return null;
	return own.origin + url.pathname + url.search;
}
