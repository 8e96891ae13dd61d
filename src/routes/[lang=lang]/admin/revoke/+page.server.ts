import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { belongsThere, ROLES_EVERYWHERE, ROLES_OF_A_CITY } from '#lib/domain/access/grants.ts';
import { isUuid, type AccountId, type CityId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { findCity } from '#lib/server/budget/index.ts';
import { authorise } from '#lib/server/http/index.ts';
import { findStaffMember, revokeRole } from '#lib/server/identity/index.ts';
import { match as isCitySlug } from '../../../../params/city.ts';
import type { Actions, PageServerLoad } from './$types';

const asked = z.object({
	account: z.string().refine(isUuid),
	role: z.enum([...ROLES_OF_A_CITY, ...ROLES_EVERYWHERE]),
	city: z.string().refine(isCitySlug).nullable(),
});

/** Whose role it is that would be taken back; the address says it. */
export const load: PageServerLoad = async (event) => {
	authorise(event, 'admin.view', { cityId: null });
	const { cityId, ...whose } = readAddress(event);
	const { db } = event.locals.app;
	const [member, place] = await Promise.all([
		findStaffMember(db, cityId, whose),
		cityId === null ? null : findCity(db, cityId, event.params.lang as Language),
	]);
	if (member === null) error(404);
	return {
		member: { displayName: member.displayName, email: member.email, role: member.role },
		place: place && { id: place.id, name: place.name },
	};
};

export const actions: Actions = {
	default: async (event) => {
		authorise(event, 'admin.view', { cityId: null });
		const { cityId, ...whose } = readAddress(event);
		const permit = authorise(event, 'role.revoke', { cityId });
		const revoked = await revokeRole(event.locals.app, permit, whose);
		if (!revoked.ok) return fail(400, { errors: { form: revoked.refusal } });
		const desk = cityId === null ? 'staff' : `cities/${cityId}`;
		redirect(303, `/${event.params.lang}/admin/${desk}?done=revoked`);
	},
};

function readAddress({ url: { searchParams } }: RequestEvent) {
	const read = asked.safeParse({
		account: searchParams.get('account') ?? '',
		role: searchParams.get('role'),
		city: searchParams.get('city'),
	});
	if (!read.success) error(404);
	const grant = { role: read.data.role, cityId: read.data.city as CityId | null };
	if (!belongsThere(grant)) error(404);
	return { ...grant, accountId: read.data.account as AccountId };
}
