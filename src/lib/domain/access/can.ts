import type { CityId } from '../base/ids.ts';
import type { StaffRole } from '../identity/words.ts';
import type { Actor, SignedIn } from './actor.ts';

/** What the action is about; every subject of ours lies in a city, an account's own matters in none. */
export type Subject = { readonly cityId: CityId | null };

/** Why not. A visitor is asked to sign in; the others learn what they lack. */
export type Denial =
	| 'sign_in_needed'
	| 'email_unconfirmed'
	| 'consent_outdated'
	| 'residency_missing'
	| 'second_factor_missing'
	| 'not_yours';

type Rule = (actor: SignedIn, subject: Subject) => Denial | null;

const signedIn: Rule = () => null;
const confirmed: Rule = (actor) => (actor.emailConfirmed ? null : 'email_unconfirmed');
/** Adds to what is kept and published of them, so the text they agreed to must be the one that holds. */
const participant: Rule = (actor, subject) =>
	confirmed(actor, subject) ?? (actor.consentIsCurrent ? null : 'consent_outdated');
const residentOfCity: Rule = (actor, subject) =>
	participant(actor, subject) ??
	(actor.residency !== null && actor.residency.cityId === subject.cityId ? null : 'residency_missing');

function staffOfCity(role: StaffRole): Rule {
	return (actor, subject) =>
		confirmed(actor, subject) ??
		(actor.grants.some((grant) => grant.role === role && grant.cityId === subject.cityId)
			? null
			: 'not_yours');
}

/** Administrators read the whole log, officials what was done in their city. */
const auditReader: Rule = (actor, subject) =>
	confirmed(actor, subject) ??
	(actor.grants.some(
		({ role, cityId }) =>
			role === 'administrator' ||
			(role === 'official' && subject.cityId !== null && cityId === subject.cityId),
	)
		? null
		: 'not_yours');

/** Of no city: the subject may be any. What an administrator may do stands below, and nothing of it is in a city's name. */
const administrator: Rule = (actor, subject) =>
	confirmed(actor, subject) ??
	(actor.grants.some(({ role }) => role === 'administrator') ? null : 'not_yours');

/** Every action that somebody signed in may take, and who may. What is not here nobody may (deny by default). */
const TABLE = {
	'account.view': signedIn,
	'account.manage': signedIn,
	'account.resend_confirmation': signedIn,
	'factor.manage': confirmed,
	'residency.confirm': participant,
	'comment.create': participant,
	'ballot.cast': residentOfCity,
	'office.view': staffOfCity('official'),
	'response.publish': staffOfCity('official'),
	'audit.view': auditReader,
	'residents.import': staffOfCity('official'),
	'residency_code.manage': staffOfCity('official'),
	'counter.manage': staffOfCity('official'),
	'invitation.accept': confirmed,
	'admin.view': administrator,
	'staff.invite': administrator,
	'role.revoke': administrator,
	'city.configure': administrator,
} as const satisfies Readonly<Record<string, Rule>>;

export type Action = keyof typeof TABLE;

export const ACTIONS = Object.keys(TABLE) as readonly Action[];

/** Null when the actor may do it, else what stands in the way. */
export function denialOf(actor: Actor, action: Action, subject: Subject): Denial | null {
	if (actor.kind === 'visitor') return 'sign_in_needed';
	const rule: Rule | undefined = Object.hasOwn(TABLE, action) ? TABLE[action] : undefined;
	if (rule === undefined) return 'not_yours';
	const denial = rule(actor, subject);
	if (denial !== null || actor.secondFactorGiven) return denial;
	// What somebody may do only by a role counts in a session that has the second factor, whatever the rule.
	return rule({ ...actor, grants: [] }, subject) === null ? null : 'second_factor_missing';
}

/** The whole of authorisation: may this actor do this to that? */
export function can(actor: Actor, action: Action, subject: Subject): actor is SignedIn {
	return denialOf(actor, action, subject) === null;
}
