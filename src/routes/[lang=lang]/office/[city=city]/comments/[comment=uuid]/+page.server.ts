import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CityId, CommentId, SubmissionId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { checkResponse } from '#lib/domain/dialogue/response.ts';
import { readLinePage } from '#lib/server/budget/index.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { countComments, findComment, publishResponse } from '#lib/server/dialogue/index.ts';
import { authorise, readForm, type FormValues } from '#lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { errorsOf, responseForm, TEXT_FIELDS } from './form.ts';

/** One comment to answer, with the line it is about at its side. */
export const load: PageServerLoad = async (event) => {
	const { locals, params, parent } = event;
	authorise(event, 'office.view', { cityId: params.city as CityId });
	const [{ city }, comment] = await Promise.all([parent(), getComment(event)]);
	const { line } = comment;
	const [figures, counts] = await Promise.all([
		readLinePage(locals.app.db, city, line.fiscalYear, line.alias, null, params.lang as Language),
		countComments(locals.app.db, line),
	]);
	return {
		comment,
		figures: figures && { shown: figures.shown, amount: figures.amount, whole: figures.whole },
		counts,
		submissionId: newId<SubmissionId>(locals.app),
	};
};

export const actions: Actions = {
	preview: async (event) => {
		const form = await readForm(event.request, responseForm);
		giveBackWhenSignedOut(event, form.values);
		authorise(event, 'response.publish', { cityId: event.params.city as CityId });
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { revisions } = await getComment(event);
		const texts = checkResponse(form.value, revisions[0]?.status ?? null);
		if (!texts.ok) return fail(400, { values: form.values, errors: errorsOf(texts.refusal) });
		const preview = {
			revision: (revisions[0]?.revision ?? 0) + 1,
			status: form.value.status,
			publishedAt: event.locals.app.clock(),
			texts: texts.value,
		};
		return { values: form.values, preview };
	},

	publish: async (event) => {
		const cityId = event.params.city as CityId;
		const form = await readForm(event.request, responseForm);
		giveBackWhenSignedOut(event, form.values);
		const permit = authorise(event, 'response.publish', { cityId });
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { submissionId, revisionSeen, ...draft } = form.value;
		const commentId = event.params.comment as CommentId;
		const response = await publishResponse(event.locals.app, permit, {
			commentId,
			submissionId,
			revisionSeen,
			draft,
		});
		if (!response.ok) {
			const { refusal } = response;
			if (refusal.code === 'comment_unknown') error(404);
			const errors =
				refusal.code === 'response_incomplete' ? errorsOf(refusal.faults) : { form: { code: refusal.code } };
			return fail(refusal.code === 'response_changed_meanwhile' ? 409 : 400, { values: form.values, errors });
		}
		redirect(303, `/${event.params.lang}/office/${cityId}?published=${commentId}`);
	},
};

/** A session that ended while somebody was writing, or an office that was lost, must not cost them the text. */
function giveBackWhenSignedOut({ locals }: RequestEvent, values: FormValues): void {
	if (locals.actor.kind === 'signed_in') return;
	const kept = TEXT_FIELDS.map((name) => values[name] ?? '').filter((text) => text.trim() !== '');
	error(403, { message: 'signed out', kept });
}

async function getComment({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) {
	const comment = await findComment(
		locals.app.db,
		params.city as CityId,
		params.comment as CommentId,
		params.lang as Language,
	);
	return comment ?? error(404);
}
