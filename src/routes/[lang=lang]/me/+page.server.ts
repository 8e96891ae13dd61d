import { redirect } from '@sveltejs/kit';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { listCities } from '#lib/server/budget/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { listParticipations } from '#lib/server/consultation/index.ts';
import { listMyComments } from '#lib/server/dialogue/index.ts';
import { authorise, failTooMany, limit, readCursor } from '#lib/server/http/index.ts';
import { getOwnAccount, resendConfirmation } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';

const COMMENTS_A_PAGE = 20;
/** What was changed before one came here. */
const DONE = ['confirmed', 'password', 'profile', 'consent'] as const;
const NO_CITY = { cityId: null };

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'account.view', NO_CITY);
	const { app } = event.locals;
	const { db, mailer } = app;
	const language = event.params.lang as Language;
	const from = readCursor(event.url);
	const [account, cities, votes, comments] = await Promise.all([
		getOwnAccount(db, actor.accountId),
		listCities(db, language),
		listVotes(app, actor, language),
		listMyComments(db, actor.accountId, language, { from, limit: COMMENTS_A_PAGE }),
	]);
	return {
		own: { ...account, emailConfirmed: actor.emailConfirmed, consentIsCurrent: actor.consentIsCurrent },
		cities: Object.fromEntries(cities.map((city) => [city.id, city])),
		votes,
		comments,
		mailLeaves: mailer !== null,
		sent: event.url.searchParams.get('sent') === 'yes',
		done: DONE.find((act) => act === event.url.searchParams.get('done')) ?? null,
	};
};

async function listVotes(app: Pick<Capabilities, 'db' | 'keys'>, actor: SignedIn, language: Language) {
	const votes = await listParticipations(app, actor, language);
	return votes.map(({ cityId, slug, title, phase, dates, timeZone, votedOn }) => {
		const changeableUntil = phase === 'voting' ? dates.votingEndsAt : null;
		return { cityId, slug, title, timeZone, votedOn, changeableUntil };
	});
}

export const actions: Actions = {
	resend: async (event) => {
		const permit = authorise(event, 'account.resend_confirmation', NO_CITY);
		const { app } = event.locals;
		const allowed = await limit(app, 'confirmation.resend', permit.actor.accountId);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		await resendConfirmation(app, permit);
		redirect(303, `/${event.params.lang}/me?sent=yes`);
	},
};
