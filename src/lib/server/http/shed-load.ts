/** More than a server of ours answers in two seconds; who would wait longer is told at once to come again. */
const UNDER_WAY_MAX = 500;
const RETRY_AFTER_SECONDS = 5;

/** Asked by whoever watches the server: busy is not broken. */
const ALWAYS: ReadonlySet<string | null> = new Set(['/healthz', '/readyz']);

type Admission = (routeId: string | null, answer: () => Promise<Response>) => Promise<Response>;

/**
 * Answers so many requests at a time; what comes beyond them gets the page at once, as 503 with Retry-After, before any
 * work is done for it. So those inside are answered in time, and a rush is over when it is over.
 */
export function admitSome(page: string, underWayMax = UNDER_WAY_MAX): Admission {
	let underWay = 0;
	return async (routeId, answer) => {
		if (underWay >= underWayMax && !ALWAYS.has(routeId)) {
			return new Response(page, {
				status: 503,
				headers: {
					'content-type': 'text/html; charset=utf-8',
					'retry-after': String(RETRY_AFTER_SECONDS),
				},
			});
		}
		underWay += 1;
		try {
			return await answer();
		} finally {
			underWay -= 1;
		}
	};
}
