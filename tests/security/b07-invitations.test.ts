import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountId, CityId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { parseNewPassword } from '#lib/domain/identity/password.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import {
	acceptInvitation,
	findInvitation,
	registerInvited,
	signIn,
	withdrawInvitation,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anInvitation } from '#tests/support/factories/invitation.ts';
import {
	anAddress,
	aRegistration,
	confirm,
	latestToken,
	PASSWORD,
	register,
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
const OVER = { ok: false, refusal: { code: 'invitation_not_valid' } };
const DONE = { ok: true, value: null };

async function accept(accountId: AccountId, token: string) {
	return acceptInvitation(
		app,
		permitFor(await signedIn(app, accountId), 'invitation.accept', { cityId: null }),
		token,
	);
}

function asNewcomer(token: string) {
	const [displayName, password] = [parseDisplayName('Дана Қ.'), parseNewPassword(PASSWORD)];
	if (!displayName.ok || !password.ok) throw new Error('refused');
	return registerInvited(app, {
		...{ token, language: 'kk' },
		...{ displayName: displayName.value, password: password.value },
	});
}

async function grantsOf(address: string) {
	return await app.db
		.selectFrom('role_grant')
		.innerJoin('account', 'account.id', 'role_grant.account_id')
		.where('account.email_key', '=', address)
		.select(['role', 'city_id as cityId'])
		.execute();
}

/** Somebody with an account accepts, somebody without one registers; what holds, holds for both. */
const WAYS = {
	'by an account': async (address: string) => {
		const accountId = await registerAndConfirm(app, aRegistration({ address }));
		return (token: string) => accept(accountId, token);
	},
	'by who has none': (_: string) => Promise.resolve(asNewcomer),
};

/** Seen red without each of the conditions of `lockInvitation`: accepted_at, withdrawn_at, expires_at. */
describe.each(Object.entries(WAYS))('B07 an invitation taken %s', (_, prepare) => {
	it('gives its role once', async () => {
		const { token, address } = await anInvitation(app);
		const use = await prepare(address);
		expect(await use(token)).toEqual(DONE);
		expect(await grantsOf(address)).toEqual([{ role: 'official', cityId: HERE }]);
		expect(await use(token)).toEqual(OVER);
		expect(await asNewcomer(token)).toEqual(OVER);
	});

	it('A07 gives it once, also to ten requests at the same time', async () => {
		const { token, address } = await anInvitation(app);
		const use = await prepare(address);
		const outcomes = await Promise.all(Array.from({ length: 10 }, () => use(token)));
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await grantsOf(address)).toHaveLength(1);
	});

	it('gives nothing once it is withdrawn', async () => {
		const { id, token, address, by } = await anInvitation(app);
		const use = await prepare(address);
		const permit = permitFor(by, 'staff.invite', { cityId: HERE });
		expect(await withdrawInvitation(app, permit, id)).toEqual(DONE);
		expect(await use(token)).toEqual(OVER);
		expect(await withdrawInvitation(app, permit, id)).toMatchObject({ ok: false });
	});

	it('A07 gives nothing once it has expired by the clock of the database', async () => {
		const { id, token, address } = await anInvitation(app);
		const use = await prepare(address);
		await app.db
			.updateTable('invitation')
			.set({ expires_at: sql<Instant>`clock_timestamp()` })
			.where('id', '=', id)
			.execute();
		expect(await use(token)).toEqual(OVER);
	});

	it('A07 is no other link, and no other link is an invitation', async () => {
		const { token, address } = await anInvitation(app);
		expect(await confirm(app, token)).toMatchObject({ ok: false });
		const waiting = await register(app);
		const use = await prepare(address);
		expect(await use(await latestToken(app, waiting))).toEqual(OVER);
	});

	it('A06 cannot be taken by what the database holds', async () => {
		const { id, address } = await anInvitation(app);
		const use = await prepare(address);
		const { hash } = await app.db
			.selectFrom('invitation')
			.where('id', '=', id)
			.select(sql<string>`encode(token_hash, 'hex')`.as('hash'))
			.executeTakeFirstOrThrow();
		for (const found of [id, hash, Buffer.from(hash, 'hex').toString('base64url')]) {
			expect(await use(found)).toEqual(OVER);
		}
	});
});

describe('B07 an invitation', () => {
	it('is of no use to another address, and waits for its own', async () => {
		const { token, address } = await anInvitation(app);
		const stranger = anAddress();
		const accountId = await registerAndConfirm(app, aRegistration({ address: stranger }));
		expect(await accept(accountId, token)).toEqual({
			ok: false,
			refusal: { code: 'invitation_of_another' },
		});
		expect(await grantsOf(stranger)).toEqual([]);
		expect(await findInvitation(app.db, token)).toMatchObject({ state: 'waiting', email: address });
	});

	it('of another city is not withdrawn', async () => {
		const { id, token, by } = await anInvitation(app);
		const elsewhere = permitFor(by, 'staff.invite', { cityId: 'oral' as CityId });
		expect(await withdrawInvitation(app, elsewhere, id)).toMatchObject({ ok: false });
		expect(await findInvitation(app.db, token)).toMatchObject({ state: 'waiting' });
	});

	it('sets no new password for an account that its owner has confirmed', async () => {
		const { token, address } = await anInvitation(app);
		await registerAndConfirm(app, aRegistration({ address, password: 'the words of its owner' }));
		expect(await asNewcomer(token)).toEqual({ ok: false, refusal: { code: 'account_exists' } });
		const email = toEmail(address);
		expect(await signIn(app, { email, password: 'the words of its owner' })).toMatchObject({ ok: true });
	});

	it('begins an account anew that a stranger opened with the address and could not confirm', async () => {
		const { token, address } = await anInvitation(app);
		const squatter = 'the words of a squatter';
		const accountId = await register(app, aRegistration({ address, password: squatter }));
		const link = await latestToken(app, accountId);
		expect(await asNewcomer(token)).toEqual(DONE);
		const email = toEmail(address);
		expect(await signIn(app, { email, password: squatter })).toMatchObject({ ok: false });
		expect(await signIn(app, { email, password: PASSWORD })).toMatchObject({ ok: true });
		expect(await confirm(app, link)).toMatchObject({ ok: false });
		expect((await signedIn(app, accountId)).emailConfirmed).toBe(true);
	});
});
