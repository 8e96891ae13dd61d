import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CityId, CodeBatchId, SubmissionId } from '#lib/domain/base/ids.ts';
import { findCity } from '#lib/server/budget/index.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { authorise, failTooMany, limit, readForm } from '#lib/server/http/index.ts';
import { findCodeBatch, releaseCodes, toSquareCode, withdrawCodes } from '#lib/server/identity/index.ts';
import { releaseForm } from '../form.ts';
import type { Actions, PageServerLoad } from './$types';

/** One batch: who asked for it, what became of it, and what can be done with it. */
export const load: PageServerLoad = async (event) => {
	const permit = permitOf(event);
	const { app } = event.locals;
	const batch = await findCodeBatch(app.db, permit.subject.cityId!, event.params.batch as CodeBatchId);
	if (batch === null) error(404);
	const { askedById, ...rest } = batch;
	return {
		batch: { ...rest, isOwn: askedById === permit.actor.accountId },
		submissionId: newId<SubmissionId>(app),
	};
};

export const actions: Actions = {
	/** The answer is the sheet: the codes are in no other. */
	release: async (event) => {
		const permit = permitOf(event);
		const { app } = event.locals;
		const form = await readForm(event.request, releaseForm);
		if (!form.ok) return fail(400, { errors: form.errors });
		const allowed = await limit(app, 'residency_codes.manage', permit.actor.accountId);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const released = await releaseCodes(app, permit, {
			id: event.params.batch as CodeBatchId,
			submissionId: form.value.submissionId as SubmissionId,
		});
		if (!released.ok) return refuse(released.refusal.code);
		return { sheet: { codes: released.value, ...(await readPlace(event, permit.subject.cityId!)) } };
	},

	withdraw: async (event) => {
		const permit = permitOf(event);
		const { app } = event.locals;
		const allowed = await limit(app, 'residency_codes.manage', permit.actor.accountId);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const withdrawn = await withdrawCodes(app, permit, event.params.batch as CodeBatchId);
		if (!withdrawn.ok) return refuse(withdrawn.refusal.code);
		redirect(303, `/${event.params.lang}/office/${permit.subject.cityId}/codes?done=withdrawn`);
	},
};

function permitOf(event: RequestEvent) {
	return authorise(event, 'residency_code.manage', { cityId: event.params['city'] as CityId });
}

function refuse(code: string) {
	if (code === 'codes_unknown') error(404);
	return fail(400, { errors: { form: { code } } });
}

/** What a slip says beside its code. The address leads to the form; the code stays on paper. */
async function readPlace({ locals: { app } }: RequestEvent, cityId: CityId) {
	const [kk, ru] = await Promise.all([findCity(app.db, cityId, 'kk'), findCity(app.db, cityId, 'ru')]);
	const address = `${app.origin}/kk/me/residency?city=${cityId}`;
	return {
		names: { kk: kk?.name ?? cityId, ru: ru?.name ?? cityId },
		host: new URL(app.origin).host,
		square: toSquareCode(address),
	};
}
