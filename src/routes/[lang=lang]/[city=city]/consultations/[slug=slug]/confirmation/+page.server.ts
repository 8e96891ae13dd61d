import { error, redirect } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import {
	findBallotPaper,
	findConsultation,
	findOwnBallot,
	listOptions,
} from '#lib/server/consultation/index.ts';
import { authorise } from '#lib/server/http/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { app } = event.locals;
	const language = event.params.lang as Language;
	const paper = await findBallotPaper(app, event.params.city as CityId, event.params.slug);
	if (paper === null) error(404);
	const permit = authorise(event, 'ballot.cast', { cityId: paper.cityId });
	const own = await findOwnBallot(app, permit, paper);
	// Nothing to confirm for somebody who has not voted, or whose ballot was cast by another account.
	if (own === null || own === 'by_another_account')
		redirect(303, event.url.pathname.replace(/\/confirmation$/, ''));
	const [consultation, options] = await Promise.all([
		findConsultation(app.db, paper.cityId, event.params.slug, language),
		listOptions(app.db, paper.cityId, paper.consultationId, language),
	]);
	if (consultation === null) error(404);
	return { consultation, chosen: options.filter(({ id }) => own.includes(id)) };
};
