import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { AccountId, CityId, InvitationId } from '#lib/domain/base/ids.ts';
import type { StaffRole } from '#lib/domain/identity/words.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import {
	acceptInvitation,
	countStaff,
	deleteWhatHasExpired,
	findActor,
	findInvitation,
	inviteAdministrator,
	inviteStaff,
	listOpenInvitations,
	listStaff,
	revokeRole,
	startSession,
} from '#lib/server/identity/index.ts';
import { renderMail, type MailMessage } from '#lib/server/mail/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { anAdministrator, anInvitation } from '#tests/support/factories/invitation.ts';
import {
	anAddress,
	aJar,
	aRegistration,
	registerAndConfirm,
	signedIn,
	toEmail,
} from '#tests/support/factories/registration.ts';
import { permitFor } from '#tests/support/permit.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterAll(() => database.close());

const HERE = 'taraz' as CityId;
const ELSEWHERE = 'oral' as CityId;

const grant = (accountId: AccountId, role: StaffRole, cityId: CityId | null) =>
	app.db.insertInto('role_grant').values({ account_id: accountId, role, city_id: cityId }).execute();

/** Seen red without the index and the trigger of migration T2250. */
describe('the database holds that', () => {
	it('a moderator is no official of the same city, in either order', async () => {
		const { accountId: one } = await anOfficial(app.db, HERE);
		await expect(grant(one, 'moderator', HERE)).rejects.toMatchObject({
			constraint: 'role_grant_official_or_moderator',
		});
		await grant(one, 'moderator', ELSEWHERE);
		await expect(grant(one, 'official', ELSEWHERE)).rejects.toMatchObject({
			constraint: 'role_grant_official_or_moderator',
		});
	});

	it('an administrator is no official of any city, in either order', async () => {
		const official = await anOfficial(app.db, HERE);
		await expect(grant(official.accountId, 'administrator', null)).rejects.toMatchObject({ code: 'OB250' });
		const { accountId } = await anAdministrator(app);
		await expect(grant(accountId, 'official', HERE)).rejects.toMatchObject({ code: 'OB250' });
		await grant(accountId, 'analyst', null);
	});

	it('of two grants at once that exclude each other one is refused', async () => {
		const { accountId } = await anAccount(app.db);
		const [one, other] = await Promise.allSettled([
			grant(accountId, 'administrator', null),
			grant(accountId, 'official', HERE),
		]);
		expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
	});

	it('a role is not made another that excludes one', async () => {
		const { accountId } = await anAccount(app.db, {
			grants: [
				{ role: 'official', cityId: HERE },
				{ role: 'analyst', cityId: null },
			],
		});
		const change = app.db
			.updateTable('role_grant')
			.set({ role: 'administrator' })
			.where('account_id', '=', accountId)
			.where('role', '=', 'analyst')
			.execute();
		await expect(change).rejects.toMatchObject({ code: 'OB250' });
	});
});

describe('an invitation', () => {
	it('goes by mail, in the language of the form, with a link that carries what the table does not hold', async () => {
		const { id, token, address } = await anInvitation(app, { role: 'official', cityId: HERE });
		const mail = await app.db
			.selectFrom('mail')
			.where('id', '=', id as never)
			.select(['id', 'kind', 'parameters', 'address', 'language', 'account_id as accountId'])
			.executeTakeFirstOrThrow();
		expect(mail).toMatchObject({ kind: 'staff_invitation', address, language: 'kk', accountId: null });
		const message = { kind: mail.kind, parameters: mail.parameters } as MailMessage;
		const { text } = renderMail(app, mail.id, message, 'kk');
		expect(text).toContain(`${app.origin}/kk/invitation?token=${token}`);
		expect(text).toContain('әкімдік қызметкері, Тараз');
		expect(renderMail(app, mail.id, message, 'en').text).toContain('official of the akimat, Taraz');
	});

	it('is written in the language of the account, where there is one', async () => {
		const address = anAddress();
		await registerAndConfirm(app, aRegistration({ address, language: 'ru' }));
		const { id } = await anInvitation(app, { address, role: 'analyst', cityId: null });
		const mail = await app.db
			.selectFrom('mail')
			.where('id', '=', id as never)
			.select(['language', 'parameters'])
			.executeTakeFirstOrThrow();
		expect(mail).toEqual({ language: 'ru', parameters: { role: 'analyst', city: {} } });
	});

	it('sent again by the same form is one invitation and one mail', async () => {
		const by = await anAdministrator(app);
		const invitation = {
			id: newId<InvitationId>(app),
			email: toEmail(anAddress()),
			role: 'moderator',
			language: 'kk',
		} as const;
		const permit = permitFor(by, 'staff.invite', { cityId: ELSEWHERE });
		for (let turn = 0; turn < 2; turn++) {
			expect(await inviteStaff(app, permit, invitation)).toEqual({ ok: true, value: null });
		}
		const open = await listOpenInvitations(app.db, ELSEWHERE);
		expect(open.filter(({ email }) => email === invitation.email.address)).toHaveLength(1);
	});

	it('replaces an earlier one to the same role', async () => {
		const { token, address } = await anInvitation(app);
		const { token: later } = await anInvitation(app, { address });
		expect(await findInvitation(app.db, token)).toMatchObject({ state: 'withdrawn' });
		expect(await findInvitation(app.db, later)).toMatchObject({ state: 'waiting' });
	});

	const REFUSED: readonly [string, StaffRole, CityId | null, string][] = [
		['a role they have', 'official', HERE, 'role_held'],
		['moderating their own city', 'moderator', HERE, 'official_and_moderator'],
		['handing out roles', 'administrator', null, 'official_and_administrator'],
		['a role of a city without one', 'moderator', null, 'role_unknown'],
		['a role for all cities in one', 'analyst', HERE, 'role_unknown'],
	];
	it.each(REFUSED)('of an official to %s is refused', async (_, role, cityId, code) => {
		const address = anAddress();
		await grant(await registerAndConfirm(app, aRegistration({ address })), 'official', HERE);
		const permit = permitFor(await anAdministrator(app), 'staff.invite', { cityId });
		const outcome = await inviteStaff(app, permit, {
			...{ id: newId<InvitationId>(app), role, language: 'kk' },
			email: toEmail(address),
		});
		expect(outcome).toEqual({ ok: false, refusal: { code } });
	});

	it('is not taken by who has got a role meanwhile that excludes it, and waits on', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		const { token } = await anInvitation(app, { address, role: 'moderator' });
		await grant(accountId, 'official', HERE);
		const permit = permitFor(await signedIn(app, accountId), 'invitation.accept', { cityId: null });
		expect(await acceptInvitation(app, permit, token)).toEqual({
			ok: false,
			refusal: { code: 'official_and_moderator' },
		});
		expect(await findInvitation(app.db, token)).toMatchObject({ state: 'waiting' });
	});

	it('gives its role and ends every session, so that the next sign-in has it', async () => {
		const address = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		const { token } = await anInvitation(app, { address });
		const jar = aJar();
		await startSession(app, jar, accountId);
		const permit = permitFor(await signedIn(app, accountId), 'invitation.accept', { cityId: null });
		expect(await acceptInvitation(app, permit, token)).toEqual({ ok: true, value: null });
		expect(await findActor(app, jar)).toEqual({ kind: 'visitor' });
		expect((await signedIn(app, accountId)).grants).toEqual([{ role: 'official', cityId: HERE }]);
		expect(await listStaff(app.db, HERE)).toContainEqual(
			expect.objectContaining({ accountId, email: address, role: 'official' }),
		);
	});

	it('is deleted some weeks after it ran out', async () => {
		const { id, token } = await anInvitation(app);
		const shift = (days: number) =>
			app.db
				.updateTable('invitation')
				.set({ expires_at: sql<Instant>`clock_timestamp() - make_interval(days => ${days})` })
				.where('id', '=', id)
				.execute();
		await shift(29);
		await deleteWhatHasExpired(app);
		expect(await findInvitation(app.db, token)).toMatchObject({ state: 'expired' });
		await shift(30);
		await deleteWhatHasExpired(app);
		expect(await findInvitation(app.db, token)).toEqual({ state: 'unknown' });
	});

	it('of the first administrator is made by the operator, without a mail', async () => {
		const address = anAddress();
		const made = await inviteAdministrator(app, toEmail(address));
		expect(await findInvitation(app.db, made.ok ? made.value : '')).toMatchObject({
			...{ state: 'waiting', role: 'administrator', cityId: null, email: address },
		});
		const mails = await app.db.selectFrom('mail').where('address', '=', address).select('id').execute();
		expect(mails).toEqual([]);
	});
});

describe('a role that is taken back', () => {
	it('is gone, and so is every session', async () => {
		const official = await anOfficial(app.db, HERE);
		const jar = aJar();
		await startSession(app, jar, official.accountId);
		const permit = permitFor(await anAdministrator(app), 'role.revoke', { cityId: HERE });
		const role = { accountId: official.accountId, role: 'official' } as const;
		expect(await revokeRole(app, permit, role)).toEqual({ ok: true, value: null });
		expect(await findActor(app, jar)).toEqual({ kind: 'visitor' });
		expect((await signedIn(app, official.accountId)).grants).toEqual([]);
		expect(await revokeRole(app, permit, role)).toEqual({ ok: false, refusal: { code: 'role_not_held' } });
	});

	it('is one of the city it is taken back in, and never one of their own', async () => {
		const official = await anOfficial(app.db, HERE);
		const administrator = await anAdministrator(app);
		const elsewhere = permitFor(administrator, 'role.revoke', { cityId: ELSEWHERE });
		expect(
			await revokeRole(app, elsewhere, { accountId: official.accountId, role: 'official' }),
		).toMatchObject({ ok: false });
		const everywhere = permitFor(administrator, 'role.revoke', { cityId: null });
		expect(
			await revokeRole(app, everywhere, { accountId: administrator.accountId, role: 'administrator' }),
		).toEqual({ ok: false, refusal: { code: 'role_own' } });
		expect((await signedIn(app, administrator.accountId)).grants).toHaveLength(1);
	});
});

describe('administrators', () => {
	// Red without `lockAdministrators` in staff/revoke-role.ts.
	it('who take the role from each other at once do not both lose it', async () => {
		const [first, second] = await Promise.all([anAdministrator(app), anAdministrator(app)]);
		const take = (by: SignedIn, { accountId }: SignedIn) =>
			revokeRole(app, permitFor(by, 'role.revoke', { cityId: null }), { accountId, role: 'administrator' });
		const outcomes = await Promise.all([take(first, second), take(second, first)]);
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(outcomes).toContainEqual({ ok: false, refusal: { code: 'role_own_lost' } });
	});

	it('take what they have invited to with them', async () => {
		const [leaving, staying] = await Promise.all([anAdministrator(app), anAdministrator(app)]);
		const { id, token } = await anInvitation(app, { by: leaving });
		const permit = permitFor(staying, 'role.revoke', { cityId: null });
		const role = { accountId: leaving.accountId, role: 'administrator' } as const;
		expect(await revokeRole(app, permit, role)).toMatchObject({ ok: true });
		expect(await findInvitation(app.db, token)).not.toMatchObject({ state: 'waiting' });
		const entry = await app.db
			.selectFrom('audit_entry')
			.where('subject_id', '=', id)
			.orderBy('number', 'desc')
			.select(['action', 'actor_id as actorId'])
			.executeTakeFirst();
		expect(entry).toEqual({ action: 'invitation.withdraw', actorId: staying.accountId });
	});

	it('are told when another invitation comes from a form that was sent', async () => {
		const by = await anAdministrator(app);
		const { id, address } = await anInvitation(app, { by });
		const invite = (email: string) =>
			inviteStaff(app, permitFor(by, 'staff.invite', { cityId: HERE }), {
				...{ id, role: 'official', language: 'kk' },
				email: toEmail(email),
			});
		expect(await invite(address)).toEqual({ ok: true, value: null });
		expect(await invite(anAddress())).toEqual({ ok: false, refusal: { code: 'invitation_form_used' } });
	});
});

describe('the staff of the cities', () => {
	it('is counted by role', async () => {
		const before = await peopleIn('semey');
		await anOfficial(app.db, 'semey' as CityId);
		await anOfficial(app.db, 'semey' as CityId);
		expect(await peopleIn('semey')).toBe(before + 2);
	});

	async function peopleIn(city: string): Promise<number> {
		const counts = await countStaff(app.db);
		return counts.find(({ cityId, role }) => cityId === city && role === 'official')?.people ?? 0;
	}
});
