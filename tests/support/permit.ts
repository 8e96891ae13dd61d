import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { Action, Subject } from '#lib/domain/access/can.ts';
import { authorise, type Permit } from '#lib/server/http/index.ts';

/** A permit as pages get it, through the one function that makes it. */
export function permitFor<A extends Action>(actor: SignedIn, action: A, subject: Subject): Permit<A> {
	const event = { locals: { actor } as App.Locals, params: { lang: 'kk' }, url: new URL('http://test/kk') };
	return authorise(event, action, subject);
}
