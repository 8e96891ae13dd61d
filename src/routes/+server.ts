import { preferredLanguage } from '#lib/server/http/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request }) => {
	const language = preferredLanguage(request.headers.get('accept-language'));
	return new Response(null, { status: 303, headers: { location: `/${language}`, vary: 'accept-language' } });
};
