/** An answer of a machine's address that tells what was wrong, after RFC 9457: in words, and by code for programs. */
export function problem(
	status: number,
	{ title, errors = [] }: { readonly title: string; readonly errors?: readonly ProblemPart[] },
	headers: Readonly<Record<string, string>> = {},
): Response {
	return new Response(JSON.stringify({ type: 'about:blank', title, status, errors }, null, '\t'), {
		status,
		headers: {
			'content-type': 'application/problem+json; charset=utf-8',
			'cache-control': 'no-store',
			...headers,
		},
	});
}

export type ProblemPart = { readonly parameter: string; readonly code: string; readonly detail: string };
