import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { ROLES_EVERYWHERE, ROLES_OF_A_CITY } from '#lib/domain/access/grants.ts';
import { isUuid, type CityId, type InvitationId } from '#lib/domain/base/ids.ts';
import { LANGUAGES } from '#lib/domain/base/language.ts';
import { parseEmailAddress } from '#lib/domain/identity/email-address.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { authorise, parsedBy, readForm } from '#lib/server/http/index.ts';
import {
	invitationToken,
	inviteStaff,
	isDemonstration,
	listOpenInvitations,
	listStaff,
	withdrawInvitation,
	type OpenInvitation,
} from '#lib/server/identity/index.ts';

/** What was done before one came back to the page. */
const DONE = ['invited', 'withdrawn', 'revoked', 'configured'] as const;

/** Staff and open invitations of a city; of all cities where it is null. */
export async function loadStaff(event: RequestEvent, cityId: CityId | null) {
	const { actor } = authorise(event, 'admin.view', { cityId });
	const { app } = event.locals;
	const [staff, invitations, demonstration] = await Promise.all([
		listStaff(app.db, cityId),
		listOpenInvitations(app.db, cityId),
		isDemonstration(app.db),
	]);
	return {
		staff: staff.map((member) => ({ ...member, isThis: member.accountId === actor.accountId })),
		// No mail leaves a demonstration: the link is shown instead. Elsewhere it is for the invited person's eyes only.
		invitations: invitations.map((invitation) => ({
			...invitation,
			link: demonstration ? linkTo(event, invitation) : null,
		})),
		invitationId: newId<InvitationId>(app),
		mailLeaves: app.mailer !== null,
		done: DONE.find((act) => event.url.searchParams.get('done') === act) ?? null,
	};
}

function linkTo({ locals: { app }, params }: RequestEvent, { id, isExpired }: OpenInvitation): string | null {
	return isExpired ? null : `${app.origin}/${params.lang}/invitation?token=${invitationToken(app.keys, id)}`;
}

const id = z.string({ error: 'field_invalid' }).refine(isUuid, { error: 'field_invalid' });
const inviteForm = z.object({
	id,
	email: parsedBy(parseEmailAddress),
	role: z.enum([...ROLES_OF_A_CITY, ...ROLES_EVERYWHERE], { error: 'role_unknown' }),
	language: z.enum(LANGUAGES, { error: 'field_invalid' }),
});
const withdrawForm = z.object({ id });

/** Sends an invitation, then shows the page again. */
export async function invite(event: RequestEvent, cityId: CityId | null) {
	const permit = authorise(event, 'staff.invite', { cityId });
	const form = await readForm(event.request, inviteForm);
	if (!form.ok) return fail(400, { values: form.values, errors: form.errors });
	const { id, ...invitation } = form.value;
	const invited = await inviteStaff(event.locals.app, permit, { ...invitation, id: id as InvitationId });
	if (!invited.ok) {
		const { code } = invited.refusal;
		const field = code === 'role_unknown' ? 'role' : 'form';
		const isUsed = code === 'invitation_form_used';
		const values = isUsed ? { ...form.values, id: newId(event.locals.app) } : form.values;
		return fail(400, { values, errors: { [field]: invited.refusal } });
	}
	redirect(303, `${event.url.pathname}?done=invited`);
}

export async function withdraw(event: RequestEvent, cityId: CityId | null) {
	const permit = authorise(event, 'staff.invite', { cityId });
	const form = await readForm(event.request, withdrawForm);
	if (!form.ok) return fail(400, { values: {}, errors: form.errors });
	const withdrawn = await withdrawInvitation(event.locals.app, permit, form.value.id as InvitationId);
	if (!withdrawn.ok) return fail(400, { values: {}, errors: { form: withdrawn.refusal } });
	redirect(303, `${event.url.pathname}?done=withdrawn`);
}
