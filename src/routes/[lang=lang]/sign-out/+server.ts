import { redirect } from '@sveltejs/kit';
import { endSession } from '#lib/server/identity/index.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ cookies, locals, params }) => {
	await endSession(locals.app, cookies);
	redirect(303, `/${params.lang}`);
};
