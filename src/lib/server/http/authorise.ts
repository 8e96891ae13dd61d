import { error, redirect } from '@sveltejs/kit';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import { denialOf, type Action, type Denial, type Subject } from '#lib/domain/access/can.ts';
import { safePath } from './safe-path.ts';

declare const permitted: unique symbol;

/** Proof that this actor may do this action to this subject; only `authorise` makes one, commands ask for it by type. */
export type Permit<A extends Action> = {
	readonly actor: SignedIn;
	readonly subject: Subject;
	readonly [permitted]: A;
};

const NEXT_STEP: Readonly<Record<Denial, string | null>> = {
	sign_in_needed: 'sign-in',
	email_unconfirmed: 'me',
	consent_outdated: 'me/consent',
	residency_missing: 'me/residency',
	second_factor_missing: 'me/security',
	not_yours: null,
};

/**
 * Lets through, or sends on to the step that is missing (sign in, confirm the mail, confirm residency) and back after
 * it. What is not theirs at all is not found: a 403 would tell that it exists.
 */
export function authorise<A extends Action>(
	event: { locals: App.Locals; params: Partial<Record<string, string>>; url: URL },
	action: A,
	subject: Subject,
): Permit<A> {
	const { actor } = event.locals;
	const denial = denialOf(actor, action, subject);
	if (denial === null) return { actor, subject } as Permit<A>;
	const step = NEXT_STEP[denial];
	if (step === null) error(404);
	const query = new URLSearchParams({ next: safePath(event.url.pathname) });
	if (subject.cityId !== null) query.set('city', subject.cityId);
	redirect(303, `/${event.params.lang ?? 'kk'}/${step}?${query}`);
}
