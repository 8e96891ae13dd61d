import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CityId, CounterVisitId } from '#lib/domain/base/ids.ts';
import type { Result } from '#lib/domain/base/result.ts';
import { authorise, failTooMany, limit, readForm } from '#lib/server/http/index.ts';
import {
	cancelVisit,
	confirmVisit,
	enterVisit,
	listResidencyMethods,
	listWaitingVisits,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { enterForm, visitForm } from './form.ts';

const LISTED_MAX = 100;
/** What was done before one came back to the page. */
const DONE = ['entered', 'confirmed', 'cancelled'] as const;

/** Who waits for a second official, and a form for who stands at the counter now. */
export const load: PageServerLoad = async (event) => {
	const permit = permitOf(event);
	const { app } = event.locals;
	const cityId = permit.subject.cityId!;
	const [visits, methods] = await Promise.all([
		listWaitingVisits(app.db, cityId, LISTED_MAX),
		listResidencyMethods(app, cityId),
	]);
	const { accountId } = permit.actor;
	return {
		visits: visits.map(({ enteredById, ...visit }) => ({ ...visit, isOwn: enteredById === accountId })),
		isOpen: methods.includes('counter'),
		done: DONE.find((act) => act === event.url.searchParams.get('done')) ?? null,
	};
};

export const actions: Actions = {
	enter: async (event) => {
		const permit = permitOf(event);
		const { app } = event.locals;
		const form = await readForm(event.request, enterForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const allowed = await limit(app, 'counter.manage', permit.actor.accountId);
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const entered = await enterVisit(app, permit, form.value);
		if (!entered.ok) {
			const field = entered.refusal.code === 'counter_code_unknown' ? 'code' : 'form';
			return fail(400, { values: form.values, errors: { [field]: entered.refusal } });
		}
		redirect(303, `${event.url.pathname}?done=entered`);
	},
	confirm: (event) => decide(event, confirmVisit, 'confirmed'),
	cancel: (event) => decide(event, cancelVisit, 'cancelled'),
};

function permitOf(event: RequestEvent) {
	return authorise(event, 'counter.manage', { cityId: event.params['city'] as CityId });
}

type Decision = (
	app: App.Locals['app'],
	permit: ReturnType<typeof permitOf>,
	id: CounterVisitId,
) => Promise<Result<null, { readonly code: string; readonly detail?: number }>>;

async function decide(event: RequestEvent, decision: Decision, done: (typeof DONE)[number]) {
	const permit = permitOf(event);
	const { app } = event.locals;
	const form = await readForm(event.request, visitForm);
	if (!form.ok) return fail(400, { values: {}, errors: form.errors });
	const allowed = await limit(app, 'counter.manage', permit.actor.accountId);
	if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
	const decided = await decision(app, permit, form.value.id as CounterVisitId);
	if (!decided.ok) return fail(400, { values: {}, errors: { form: decided.refusal } });
	redirect(303, `${event.url.pathname}?done=${done}`);
}
