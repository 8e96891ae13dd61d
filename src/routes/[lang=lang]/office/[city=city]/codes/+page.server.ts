import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CityId, CodeBatchId } from '#lib/domain/base/ids.ts';
import { parseReceivers } from '#lib/domain/identity/residency-code-batch.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { authorise, failTooMany, limit, readForm, type FormValues } from '#lib/server/http/index.ts';
import {
	askForCodes,
	hasAnonymousCodes,
	hasResidentsList,
	listCodeBatches,
	listOpenMethods,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { anonymousForm, namedForm } from './form.ts';

const LATEST = 50;
const FAULTS_SHOWN = 20;

/** What was asked for and what became of it, and a form to ask for more. */
export const load: PageServerLoad = async (event) => {
	const cityId = event.params.city as CityId;
	const { actor } = authorise(event, 'residency_code.manage', { cityId });
	const { app } = event.locals;
	const [batches, isAnonymous, isListed, open] = await Promise.all([
		listCodeBatches(app.db, cityId, LATEST),
		hasAnonymousCodes(app.db, cityId),
		hasResidentsList(app.db, cityId),
		listOpenMethods(app.db, cityId),
	]);
	return {
		batches: batches.map(({ askedById, ...batch }) => ({ ...batch, isOwn: askedById === actor.accountId })),
		isAnonymous,
		isListed,
		isOpen: open.includes('code'),
		batchId: newId<CodeBatchId>(app),
		isDone: event.url.searchParams.get('done') === 'withdrawn',
	};
};

export const actions: Actions = {
	anonymous: async (event) => {
		authorise(event, 'residency_code.manage', { cityId: event.params.city as CityId });
		const form = await readForm(event.request, anonymousForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		return await ask(event, form.values, form.value.id, { anonymous: form.value.size }, 'size');
	},

	named: async (event) => {
		authorise(event, 'residency_code.manage', { cityId: event.params.city as CityId });
		const form = await readForm(event.request, namedForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const receivers = parseReceivers(form.value.receivers);
		if (!receivers.ok) return failed(form.values, 'receivers', receivers.refusal);
		return await ask(event, form.values, form.value.id, { receivers: receivers.value }, 'receivers');
	},
};

type Wanted = Parameters<typeof askForCodes>[2]['codes'];

async function ask(event: RequestEvent, values: FormValues, id: string, codes: Wanted, field: string) {
	const cityId = event.params['city'] as CityId;
	const permit = authorise(event, 'residency_code.manage', { cityId });
	const { app } = event.locals;
	const allowed = await limit(app, 'residency_codes.manage', permit.actor.accountId);
	if (!allowed.ok) return failTooMany(event, values, allowed.refusal);
	const asked = await askForCodes(app, permit, { id: id as CodeBatchId, codes });
	if (!asked.ok) {
		const isUsed = asked.refusal.code === 'codes_form_used';
		return failed(isUsed ? { ...values, id: newId(app) } : values, field, asked.refusal);
	}
	redirect(303, `${event.url.pathname}/${id}`);
}

type AskRefusal = Exclude<Awaited<ReturnType<typeof askForCodes>>, { ok: true }>['refusal'];

function failed(values: FormValues, field: string, refusal: AskRefusal) {
	const faults = 'faults' in refusal ? refusal.faults : [];
	return fail(400, {
		values,
		errors: { [field]: { code: refusal.code } },
		faults: faults.slice(0, FAULTS_SHOWN),
	});
}
