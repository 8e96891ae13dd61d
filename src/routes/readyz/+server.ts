import { isReady } from '#lib/server/db/readiness.ts';
import type { RequestHandler } from './$types';

/** The process can serve: its database answers. */
export const GET: RequestHandler = async ({ locals }) =>
	(await isReady(locals.app.db))
		? new Response('ready\n')
		: new Response('database does not answer\n', { status: 503 });
