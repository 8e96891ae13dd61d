import { error, fail, redirect } from '@sveltejs/kit';
import { isUuid, type CityId, type ResidentsImportId } from '#lib/domain/base/ids.ts';
import { authorise, failTooMany, limit } from '#lib/server/http/index.ts';
import {
	countListedResidents,
	findResidentsImport,
	importResidents,
	listResidentsImports,
	listRowFaults,
	readResidentsList,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { readListForm } from './form.ts';

const LATEST = 10;
const FAULTS_SHOWN = 20;

/** The city's list: how many it names, what became of the last imports, and of the one just sent. */
export const load: PageServerLoad = async ({ locals, params, url, ...event }) => {
	const cityId = params.city as CityId;
	authorise({ locals, params, url, ...event }, 'residents.import', { cityId });
	const reader = locals.app.db;
	const wanted = url.searchParams.get('import');
	const sent =
		wanted === null
			? null
			: isUuid(wanted)
				? await findResidentsImport(reader, cityId, wanted as ResidentsImportId)
				: null;
	if (wanted !== null && sent === null) error(404);
	const [counts, imports, faults] = await Promise.all([
		countListedResidents(reader, cityId),
		listResidentsImports(reader, cityId, LATEST),
		sent === null ? [] : listRowFaults(reader, cityId, sent.id, FAULTS_SHOWN),
	]);
	return { counts, imports, sent, faults };
};

export const actions: Actions = {
	/** The body is read here as it comes in, not by the framework; no more of the file is held than a piece. */
	import: async (event) => {
		const cityId = event.params.city as CityId;
		const permit = authorise(event, 'residents.import', { cityId });
		const { app } = event.locals;
		const allowed = await limit(app, 'residents.import', permit.actor.accountId);
		if (!allowed.ok) return failTooMany(event, {}, allowed.refusal);
		const form = await readListForm(event.request, (bytes) => readResidentsList(app, cityId, bytes));
		if (!form.ok) {
			return fail(form.refusal.code === 'list_too_large' ? 413 : 400, { errors: { list: form.refusal } });
		}
		const id = await importResidents(app, permit, { cityId, ...form.value });
		redirect(303, `/${event.params.lang}/office/${cityId}/residents?import=${id}`);
	},
};
