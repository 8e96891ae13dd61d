import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { EmailAddress } from '#lib/domain/identity/email-address.ts';
import {
	failTooMany,
	forgive,
	limitAll,
	networkOf,
	readForm,
	safePath,
	type LimitName,
} from '#lib/server/http/index.ts';
import {
	beginSignIn,
	findKnownDevice,
	relyingParty,
	rememberDevice,
	signIn,
} from '#lib/server/identity/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { signInForm } from './form.ts';

/** What led here and was done. */
const AFTER = ['ended', 'reset', 'moved', 'restored', 'deleted'] as const;

export const load: PageServerLoad = ({ locals, params, url }) => {
	const next = safePath(url.searchParams.get('next'), `/${params.lang}/me`);
	if (locals.actor.kind === 'signed_in') redirect(303, next);
	const hasPasskeys = relyingParty(locals.app.origin) !== null;
	return { next, hasPasskeys, after: AFTER.find((act) => url.searchParams.get(act) === 'yes') ?? null };
};

export const actions: Actions = {
	default: async (event) => {
		const { app } = event.locals;
		const form = await readForm(event.request, signInForm);
		if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
		const { email, password, next } = form.value;
		const counted = countedUnder(event, email);
		const allowed = await limitAll(app, [
			['sign_in.address', networkOf(event.getClientAddress())],
			...counted,
		]);
		if (!allowed.ok) return failTooMany(event, form.values, allowed.refusal);
		const proven = await signIn(app, { email, password });
		if (!proven.ok) return fail(400, { values: form.values, errors: { form: proven.refusal } });
		for (const [name, key] of counted) await forgive(app, name, key);
		const after = safePath(next, `/${event.params.lang}/me`);
		const userAgent = event.request.headers.get('user-agent');
		const owed = await beginSignIn(app, event.cookies, proven.value, userAgent);
		if (owed === null)
			return fail(400, { values: form.values, errors: { form: { code: 'sign_in_refused' as const } } });
		if (owed.hasSecondFactor) {
			redirect(303, `/${event.params.lang}/sign-in/second?${new URLSearchParams({ next: after })}`);
		}
		rememberDevice(app, event.cookies, email);
		if (!owed.isStaff) redirect(303, after);
		redirect(303, `/${event.params.lang}/me/security?${new URLSearchParams({ next: after })}`);
	},
};

/** Strangers' attempts on an account are counted together; those on a device where its owner has signed in, apart. */
function countedUnder(event: RequestEvent, email: EmailAddress): (readonly [LimitName, string])[] {
	const device = findKnownDevice(event.locals.app, event.cookies, email);
	if (device !== null) return [['sign_in.known_device', device]];
	return [
		['sign_in.account_at_address', `${email.key} ${networkOf(event.getClientAddress())}`],
		['sign_in.account', email.key],
	];
}
