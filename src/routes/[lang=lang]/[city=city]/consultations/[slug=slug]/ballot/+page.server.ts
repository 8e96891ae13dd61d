import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { validateBallot, type Choice } from '#lib/domain/ballot/methods.ts';
import { checkSubmission } from '#lib/domain/ballot/submission.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import {
	castBallot,
	findBallotPaper,
	findConsultation,
	findOwnBallot,
	listOptions,
	makeSubmissionId,
	type BallotPaper,
} from '#lib/server/consultation/index.ts';
import { authorise, readForm, type Permit } from '#lib/server/http/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { ballotForm } from './form.ts';

/** What a posted ballot comes back as: to be changed, or to be checked before it is cast. */
type Returned = Choice & {
	readonly step: 'choose' | 'review';
	/** Made anew for each review, so that one id never stands for two choices. */
	readonly submissionId: string;
	readonly refusal: { readonly code: string; readonly detail?: number } | null;
};

export const load: PageServerLoad = async (event) => {
	const { app } = event.locals;
	const { paper, permit } = await openPaper(event);
	const language = event.params.lang as Language;
	const [consultation, options, own] = await Promise.all([
		findConsultation(app.db, paper.cityId, event.params.slug!, language),
		listOptions(app.db, paper.cityId, paper.consultationId, language),
		findOwnBallot(app, permit, paper),
	]);
	if (consultation === null) error(404);
	const isElsewhere = own === 'by_another_account';
	return { consultation, options, own: isElsewhere ? null : own, votedElsewhere: isElsewhere };
};

export const actions: Actions = {
	/** Nothing is kept yet: shows the ballot as it would be cast. */
	review: async (event) => {
		const { choice, ...opened } = await receive(event);
		const valid = validateBallot(opened.paper, choice);
		if (!valid.ok) return fail(400, giveBack(event, opened, choice, 'choose', valid.refusal));
		return giveBack(event, opened, choice, 'review');
	},

	edit: async (event) => {
		const { choice, ...opened } = await receive(event);
		return giveBack(event, opened, choice, 'choose');
	},

	cast: async (event) => {
		const { choice, submissionId, ...opened } = await receive(event);
		const { paper, permit } = opened;
		const valid = validateBallot(opened.paper, choice);
		if (!valid.ok) return fail(400, giveBack(event, opened, choice, 'choose', valid.refusal));
		const submission = checkSubmission(submissionId, paper.now);
		if (!submission.ok) return fail(400, giveBack(event, opened, choice, 'review', submission.refusal));
		const cast = await castBallot(event.locals.app, permit, paper, valid.value, submission.value);
		if (!cast.ok) return fail(409, giveBack(event, opened, choice, 'review', cast.refusal));
		redirect(303, event.url.pathname.replace(/\/ballot$/, '/confirmation'));
	},
};

type Opened = { readonly paper: BallotPaper; readonly permit: Permit<'ballot.cast'> };

async function openPaper(event: RequestEvent): Promise<Opened> {
	const { city, slug } = event.params;
	const paper = await findBallotPaper(event.locals.app, city as CityId, slug!);
	if (paper === null) error(404);
	return { paper, permit: authorise(event, 'ballot.cast', { cityId: paper.cityId }) };
}

async function receive(event: RequestEvent) {
	const opened = await openPaper(event);
	const form = await readForm(event.request, ballotForm);
	if (!form.ok) error(400);
	const { option, blank, submissionId } = form.value;
	return { ...opened, submissionId, choice: { optionIds: option, isBlank: blank !== undefined } };
}

function giveBack(
	event: RequestEvent,
	{ paper, permit }: Opened,
	choice: Choice,
	step: Returned['step'],
	refusal: Returned['refusal'] = null,
): Returned {
	const submissionId = makeSubmissionId(event.locals.app, permit.actor.accountId, paper.now);
	return { ...choice, step, submissionId, refusal };
}
