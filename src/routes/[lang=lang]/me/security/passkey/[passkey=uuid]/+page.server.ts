import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { PasskeyId } from '#lib/domain/base/ids.ts';
import { authorise, readForm } from '#lib/server/http/index.ts';
import { findPasskey, removePasskey, renamePasskey, startSession } from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { withPassword } from '../../prove.ts';
import { nameForm } from '../form.ts';

export const load: PageServerLoad = async (event) => {
	const { passkey } = await getOwn(event);
	return { passkey: { name: passkey.name } };
};

export const actions: Actions = {
	rename: async (event) => {
		const { permit, passkey } = await getOwn(event);
		const form = await readForm(event.request, nameForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		await renamePasskey(event.locals.app, permit, passkey.id, form.value.name);
		redirect(303, `/${event.params.lang}/me/security?done=renamed`);
	},

	remove: async (event) => {
		const { permit, passkey } = await getOwn(event);
		const { app } = event.locals;
		const removed = await withPassword(event, (owner, password) =>
			removePasskey(app, owner, passkey.id, password),
		);
		if (removed.failure) return removed.failure;
		const { accountId, secondFactorGiven } = permit.actor;
		const userAgent = event.request.headers.get('user-agent');
		await startSession(app, event.cookies, accountId, userAgent, secondFactorGiven);
		redirect(303, `/${event.params.lang}/me/security?done=removed`);
	},
};

/** The passkey of the address, when it is one of theirs. */
async function getOwn(event: RequestEvent) {
	const permit = authorise(event, 'factor.manage', { cityId: null });
	const id = event.params['passkey'] as PasskeyId;
	const passkey = await findPasskey(event.locals.app.db, permit.actor.accountId, id);
	return passkey === null ? error(404) : { permit, passkey };
}
