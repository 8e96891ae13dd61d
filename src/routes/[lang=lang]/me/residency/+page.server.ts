import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { ResidencyMethod } from '#lib/domain/identity/words.ts';
import { listCities } from '#lib/server/budget/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { listParticipations } from '#lib/server/consultation/index.ts';
import {
	authorise,
	failTooMany,
	limitAll,
	networkOf,
	readForm,
	safePath,
	type FormErrors,
	type FormValues,
	type LimitName,
} from '#lib/server/http/index.ts';
import {
	confirmResidency,
	departForProvider,
	findSetback,
	getOwnAccount,
	listResidencyMethods,
	openVisit,
	type ResidencyClaim,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { codeForm, counterForm, iinForm, oidcForm } from './form.ts';

const NO_CITY = { cityId: null };
/** Which ways there are depends on the city. */
const noMethods: readonly ResidencyMethod[] = [];

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'residency.confirm', NO_CITY);
	const { searchParams } = event.url;
	const { app } = event.locals;
	const { db } = app;
	const language = event.params.lang as Language;
	const [cities, account] = await Promise.all([listCities(db, language), getOwnAccount(db, actor.accountId)]);
	const nameOf = (id: string | null) => cities.find((city) => city.id === id) ?? null;
	const home = account.residency && {
		...nameOf(account.residency.cityId)!,
		unlistedAt: account.residency.unlistedAt,
	};
	const city = nameOf(searchParams.get('city'));
	const moving = home !== null && searchParams.get('move') === 'yes';
	const [methods, openVotes] = await Promise.all([
		city === null ? noMethods : listResidencyMethods(app, city.id),
		moving ? listOpenVotes(app, actor, language) : [],
	]);
	return {
		cities: cities.map(({ id, name }) => ({ id, name })),
		city: city && { id: city.id, name: city.name },
		methods,
		method: methods.find((method) => method === searchParams.get('method')) ?? methods[0] ?? null,
		home: home && { id: home.id, name: home.name, timeZone: home.timeZone, unlistedAt: home.unlistedAt },
		moving,
		openVotes,
		provider: methods.includes('oidc') ? (app.identityProvider?.name ?? null) : null,
		setback: searchParams.has('back') ? readSetback(event, actor) : null,
		next: safePath(searchParams.get('next'), `/${event.params.lang}/me`),
	};
};

/** How they came back from the provider of identities, in the form of a form that came back. */
function readSetback({ locals, cookies }: RequestEvent, { accountId }: SignedIn) {
	const setback = findSetback(locals.app, cookies, accountId);
	if (setback === null) return null;
	const { refusal, ageBand, moving } = setback;
	const values: FormValues = { ageBand: ageBand ?? '', moving: moving ? 'yes' : '' };
	const errors: FormErrors = { [ELSEWHERE[refusal.code] ?? 'form']: refusal };
	return { values, errors };
}

/** What they voted in that is still open: it cannot be changed any more once they have moved. */
async function listOpenVotes(app: Pick<Capabilities, 'db' | 'keys'>, actor: SignedIn, language: Language) {
	const votes = await listParticipations(app, actor, language);
	return votes.filter(({ phase }) => phase === 'voting').map(({ id, title }) => ({ id, title }));
}

export const actions: Actions = {
	code: async (event) => {
		authorise(event, 'residency.confirm', NO_CITY);
		const form = await readForm(event.request, codeForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { code, ...rest } = form.value;
		return await confirm(event, form.values, { ...rest, method: 'code', proof: code });
	},

	iin: async (event) => {
		authorise(event, 'residency.confirm', NO_CITY);
		const form = await readForm(event.request, iinForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { iin, ...rest } = form.value;
		return await confirm(event, form.values, { ...rest, method: 'iin', proof: iin });
	},

	/** Only whoever comes back from there has proved anything. The page leads on: no form of ours may end elsewhere. */
	oidc: async (event) => {
		const permit = authorise(event, 'residency.confirm', NO_CITY);
		const form = await readForm(event.request, oidcForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { app } = event.locals;
		const allowed = await limitAll(app, countedUnder(event, permit.actor));
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const { city, next, ageBand, moving } = form.value;
		if (event.url.searchParams.get('move') === 'yes' && !moving) {
			return fail(400, { values: form.values, errors: { moving: { code: 'moving_missing' } } });
		}
		const departed = await departForProvider(app, event.cookies, permit, {
			...{ cityId: city as CityId, ageBand, moving },
			...{ next: safePath(next, ''), language: event.params.lang as Language },
		});
		if (!departed.ok) return fail(400, { values: form.values, errors: { form: departed.refusal } });
		return { values: form.values, leave: departed.value };
	},

	/** A code to show at the counter, in this answer alone; officials do the rest. */
	counter: async (event) => {
		const permit = authorise(event, 'residency.confirm', NO_CITY);
		const form = await readForm(event.request, counterForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { app } = event.locals;
		const allowed = await limitAll(app, countedUnder(event, permit.actor));
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const { city, ageBand, moving } = form.value;
		if (permit.actor.residency !== null && !moving) {
			return fail(400, { values: form.values, errors: { moving: { code: 'moving_missing' } } });
		}
		const opened = await openVisit(app, permit, { cityId: city as CityId, ageBand, moving });
		if (!opened.ok) return fail(400, { values: form.values, errors: { form: opened.refusal } });
		return { values: form.values, visit: opened.value };
	},
};

function countedUnder(event: RequestEvent, { accountId }: SignedIn): [LimitName, string][] {
	return [
		['residency.account', accountId],
		['residency.address', networkOf(event.getClientAddress())],
	];
}

type WithoutCity<Claim> = Claim extends unknown ? Omit<Claim, 'cityId'> : never;
type Wanted = WithoutCity<ResidencyClaim> & { readonly city: string; readonly next: string };

/** Where a refusal is shown when it is not about the proof itself. */
const ELSEWHERE: Readonly<Record<string, string>> = {
	residency_exists: 'form',
	residency_moved_lately: 'form',
	residency_elsewhere: 'moving',
	residency_method_closed: 'form',
};

async function confirm(event: RequestEvent, values: FormValues, { city, next, ...claim }: Wanted) {
	const permit = authorise(event, 'residency.confirm', NO_CITY);
	const { app } = event.locals;
	const { accountId } = permit.actor;
	const ofMethod: [LimitName, string][] = claim.method === 'iin' ? [['residency.iin', accountId]] : [];
	const allowed = await limitAll(app, [...countedUnder(event, permit.actor), ...ofMethod]);
	if (!allowed.ok) return failTooMany(event, values, allowed.refusal);
	const confirmed = await confirmResidency(app, permit, { ...claim, cityId: city as CityId });
	if (!confirmed.ok) {
		const isMoving = event.url.searchParams.get('move') === 'yes';
		if (isMoving && !claim.moving && confirmed.refusal.code === 'residency_exists') {
			return fail(400, { values, errors: { moving: { code: 'moving_missing' } } });
		}
		const field = ELSEWHERE[confirmed.refusal.code] ?? claim.method;
		return fail(400, { values, errors: { [field]: confirmed.refusal } });
	}
	redirect(303, safePath(next, `/${event.params.lang}/me`));
}
