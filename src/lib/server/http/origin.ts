const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True when a request that may change something comes from a page of ours. A missing Origin is a foreign one. */
export function isFromOurPages(request: Request, origin: string): boolean {
	return SAFE_METHODS.has(request.method) || request.headers.get('origin') === origin;
}
