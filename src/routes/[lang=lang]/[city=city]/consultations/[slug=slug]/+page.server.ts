import { error } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { nextAct } from '#lib/domain/consultation/next-act.ts';
import { publicTurnout } from '#lib/domain/consultation/turnout.ts';
import {
	countVoters,
	findConsultation,
	findParticipation,
	listOptions,
} from '#lib/server/consultation/index.ts';
import { findPublishedBallots } from '#lib/server/statistics/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { actor, app } = locals;
	const cityId = params.city as CityId;
	const language = params.lang as Language;
	const consultation = await findConsultation(app.db, cityId, params.slug, language);
	if (consultation === null) error(404);
	const residency = actor.kind === 'signed_in' ? actor.residency : null;
	const [options, voters, published, participation] = await Promise.all([
		listOptions(app.db, cityId, consultation.id, language),
		countVoters(app.db, cityId, consultation.id),
		findPublishedBallots(app.db, cityId, consultation.id),
		residency?.cityId === cityId
			? findParticipation(app.db, cityId, consultation.id, residency.personId)
			: null,
	]);
	return {
		consultation,
		options,
		turnout: publicTurnout(voters, published, consultation.phase),
		act: nextAct(consultation, actor, participation !== null),
		needs: {
			account: actor.kind === 'signed_in',
			email: actor.kind === 'signed_in' && actor.emailConfirmed,
			residency: residency?.cityId === cityId,
		},
		homeCityId: residency?.cityId ?? null,
	};
};
