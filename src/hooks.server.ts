import { randomUUID } from 'node:crypto';
import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, HandleServerError } from '@sveltejs/kit';
import { VISITOR } from '#lib/domain/access/actor.ts';
import { m } from '#lib/paraglide/messages.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { openApp } from '#lib/server/app.ts';
import {
	admitSome,
	isFromOurPages,
	ownAddress,
	passOver,
	protect,
	protectFiles,
	shareRenderings,
	withinBodyLimit,
} from '#lib/server/http/index.ts';
import { findActor } from '#lib/server/identity/index.ts';
import { startJobs } from '#lib/server/jobs/index.ts';
import { building } from '$app/environment';
import lastPage from './error.html?raw';

const app = building ? null : openApp();
if (app !== null) {
	const stopJobs = startJobs(app);
	protectFiles(app.origin);
	// The adapter says so once the last request is answered; open connections would keep the process for a while.
	process.once('sveltekit:shutdown', () => void stopJobs().finally(() => app.close()));
}

const showLastPage = (status: number) => lastPage.replaceAll('%sveltekit.status%', String(status));
const admit = admitSome(showLastPage(503));

const prepare: Handle = async ({ event, resolve }) => {
	if (app === null) throw new Error('the app does not run while it is being built');
	Object.assign(event.locals, { app, actor: VISITOR, requestId: randomUUID() });
	const response = await admit(event.route.id, () =>
		identify(event, resolve).catch((error: unknown) => failed(event, error)),
	);
	return protect(response, event.locals, app.origin);
};

type Prepared = Parameters<Handle>[0];

async function identify(event: Prepared['event'], resolve: Prepared['resolve']): Promise<Response> {
	const { app } = event.locals;
	event.locals.actor = await findActor(app, event.cookies);
	const elsewhere = ownAddress(event.request, event.url, app.origin);
	return elsewhere
		? new Response(null, { status: 307, headers: { location: elsewhere } })
		: await resolve(event);
}

/** What fails before there is a page; the framework's own answer would leave without our headers. */
function failed({ locals, route }: Prepared['event'], error: unknown): Response {
	logFailure(locals, route.id, error);
	return new Response(showLastPage(500), {
		status: 500,
		headers: { 'content-type': 'text/html; charset=utf-8' },
	});
}

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

const limitBody: Handle = async ({ event, resolve }) => {
	const request = withinBodyLimit(event.request, event.route.id);
	if (request === null) {
		await passOver(event.request);
		return new Response(m.error_body_too_large(), {
			status: 413,
			headers: { 'content-type': 'text/plain; charset=utf-8' },
		});
	}
	event.request = request;
	return await resolve(event);
};

/** The order of one request. */
export const handle = sequence(prepare, shareRenderings(), translate, checkOrigin, limitBody);

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status >= 500) logFailure(event.locals, event.route.id, error);
	return { message, requestId: event.locals.requestId };
};

function logFailure({ app, requestId }: App.Locals, route: string | null, error: unknown): void {
	app.log.error({ requestId, route, error: describe(error) }, 'request failed');
}

function describe(error: unknown): object {
	if (!(error instanceof Error)) return { thrown: String(error) };
	const { code } = error as { code?: unknown };
	return { message: error.message, stack: error.stack, ...(typeof code === 'string' ? { code } : {}) };
}
