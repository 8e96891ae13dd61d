import { fail, redirect } from '@sveltejs/kit';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { listCities } from '#lib/server/budget/index.ts';
import { authorise, failTooMany, limitAll, networkOf, readForm, safePath } from '#lib/server/http/index.ts';
import { confirmResidency } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { residencyForm } from './form.ts';

const NO_CITY = { cityId: null };

export const load: PageServerLoad = async (event) => {
	const { actor } = authorise(event, 'residency.confirm', NO_CITY);
	const { searchParams } = event.url;
	const cities = await listCities(event.locals.app.db, event.params.lang as Language);
	return {
		cities: cities.map(({ id, name }) => ({ id, name })),
		wantedCityId: searchParams.get('city') ?? '',
		homeCityId: actor.residency?.cityId ?? null,
		next: safePath(searchParams.get('next'), `/${event.params.lang}/me`),
	};
};

export const actions: Actions = {
	default: async (event) => {
		const permit = authorise(event, 'residency.confirm', NO_CITY);
		const { app } = event.locals;
		const form = await readForm(event.request, residencyForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const allowed = await limitAll(app, [
			['residency.account', permit.actor.accountId],
			['residency.address', networkOf(event.getClientAddress())],
		]);
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const { city, code, ageBand, next } = form.value;
		const cityId = city as CityId;
		const confirmed = await confirmResidency(app, permit, { cityId, method: 'code', proof: code, ageBand });
		if (!confirmed.ok) {
			const field = confirmed.refusal.code === 'residency_exists' ? 'form' : 'code';
			return fail(400, { values: form.values, errors: { [field]: confirmed.refusal } });
		}
		redirect(303, safePath(next, `/${event.params.lang}/me`));
	},
};
