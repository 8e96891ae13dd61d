import { m } from '#lib/paraglide/messages.js';
import { authorise, limit, problem } from '#lib/server/http/index.ts';
import { downloadOwnData } from '#lib/server/privacy/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const permit = authorise(event, 'account.manage', { cityId: null });
	const { app } = event.locals;
	const within = await limit(app, 'own_data.download', permit.actor.accountId);
	if (!within.ok) {
		const { detail: minutes, retryAfterSeconds } = within.refusal;
		const headers = { 'retry-after': String(retryAfterSeconds) };
		return problem(429, { title: m.api_too_many_requests({ minutes }) }, headers);
	}
	const about = { ballots: m.own_data_absent_ballots(), secrets: m.own_data_absent_secrets() };
	return new Response(downloadOwnData(app, permit, about), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="ortaq-budget_my-data.json"',
		},
	});
};
