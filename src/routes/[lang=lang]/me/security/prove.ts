import type { RequestEvent } from '@sveltejs/kit';
import { fail } from '@sveltejs/kit';
import { authorise, failTooMany, forgive, limit, readForm, type Permit } from '#lib/server/http/index.ts';
import type { Result } from '#lib/domain/base/result.ts';
import { passwordForm } from './form.ts';

const NO_CITY = { cityId: null };

/** A change that needs the password: reads it, counts the attempt, and gives what was done or the form again. */
export async function withPassword<T>(
	event: RequestEvent,
	change: (
		permit: Permit<'factor.manage'>,
		password: string,
	) => Promise<Result<T, { readonly code: string }>>,
) {
	const permit = authorise(event, 'factor.manage', NO_CITY);
	const { app } = event.locals;
	const { accountId } = permit.actor;
	const form = await readForm(event.request, passwordForm);
	if (!form.ok) return { failure: fail(400, { values: form.values, errors: form.errors }) };
	const allowed = await limit(app, 'password.prove', accountId);
	if (!allowed.ok) return { failure: failTooMany(event, form.values, allowed.refusal) };
	const done = await change(permit, form.value.password);
	if (!done.ok) {
		const field = done.refusal.code === 'password_wrong' ? 'password' : 'form';
		return { failure: fail(400, { values: form.values, errors: { [field]: done.refusal } }) };
	}
	await forgive(app, 'password.prove', accountId);
	return { done: done.value, next: form.value.next };
}
