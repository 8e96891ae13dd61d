import { randomUUID } from 'node:crypto';
import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, HandleServerError } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { openApp } from '#lib/server/app.ts';
import { isFromOurPages, ownAddress, protect } from '#lib/server/http/index.ts';
import { findActor } from '#lib/server/identity/index.ts';
import { startJobs } from '#lib/server/jobs/index.ts';
import { building } from '$app/environment';

const app = building ? null : openApp();
if (app !== null) {
	const stopJobs = startJobs(app);
	// The adapter says so once the last request is answered; open connections would keep the process for a while.
	process.once('sveltekit:shutdown', () => void stopJobs().finally(() => app.close()));
}

const prepare: Handle = async ({ event, resolve }) => {
	if (app === null) throw new Error('the app does not run while it is being built');
	event.locals.app = app;
	event.locals.actor = await findActor(app, event.cookies);
	event.locals.requestId = randomUUID();
	const elsewhere = ownAddress(event.request, event.url, app.origin);
	const response = elsewhere
		? new Response(null, { status: 307, headers: { location: elsewhere } })
		: await resolve(event);
	return protect(response, event.locals, app.origin);
};

/**
 * Paraglide leads a browser that opens an address without a language to the Kazakh one. Ours are without a language on
 * purpose: `/` asks the browser, machines have no language. It does so for documents only, so it is not told.
 */
function unlabelled(request: Request): Request {
	const headers = new Headers(request.headers);
	headers.delete('sec-fetch-dest');
	return new Request(request, { headers });
}

const translate: Handle = ({ event, resolve }) =>
	paraglideMiddleware(unlabelled(event.request), ({ request, locale }) => {
		event.request = request;
		return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) });
	});

const checkOrigin: Handle = ({ event, resolve }) => {
	if (isFromOurPages(event.request, event.locals.app.origin)) return resolve(event);
	return new Response(m.error_foreign_origin(), {
		status: 403,
		headers: { 'content-type': 'text/plain; charset=utf-8' },
	});
};

/** The order of one request. */
export const handle = sequence(prepare, translate, checkOrigin);

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	const { requestId, app } = event.locals;
	if (status >= 500) {
		app.log.error({ requestId, route: event.route.id, error: describe(error) }, 'request failed');
	}
	return { message, requestId };
};

function describe(error: unknown): object {
	if (!(error instanceof Error)) return { thrown: String(error) };
	const { code } = error as { code?: unknown };
	return { message: error.message, stack: error.stack, ...(typeof code === 'string' ? { code } : {}) };
}
