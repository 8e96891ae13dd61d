import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VISITOR } from '#lib/domain/access/actor.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import { CONSENT_VERSION } from '#lib/domain/identity/consent.ts';
import { parseDisplayName } from '#lib/domain/identity/display-name.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { listComments } from '#lib/server/dialogue/index.ts';
import {
	agreeAgain,
	changeProfile,
	confirmResidency,
	deleteAccount,
	findActor,
	getOwnAccount,
	startSession,
} from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import {
	aCode,
	aJar,
	anAddress,
	aRegistration,
	PASSWORD,
	registerAndConfirm,
	signedIn,
} from '#tests/support/factories/registration.ts';
import { permitFor } from '#tests/support/permit.ts';
import type { AccountId } from '#lib/domain/base/ids.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	app = testApp(database.db);
});
afterAll(async () => {
	await database.close();
});

const taraz = 'taraz' as CityId;
const LINE = toSubject(taraz, 2027, 'expenditure', '06');

const ownPermit = async (accountId: AccountId) =>
	permitFor(await signedIn(app, accountId), 'account.manage', { cityId: null });

async function aResidentBy(identity: string, address = anAddress()): Promise<AccountId> {
	const accountId = await registerAndConfirm(app, aRegistration({ address }));
	const permit = permitFor(await signedIn(app, accountId), 'residency.confirm', { cityId: taraz });
	const proof = await aCode(app, taraz, { identity });
	const confirmed = await confirmResidency(app, permit, {
		cityId: taraz,
		method: 'code',
		proof,
		ageBand: '30-44',
	});
	expect(confirmed.ok).toBe(true);
	return accountId;
}

describe('deleting an account', () => {
	it('takes the password, and then everything that was kept under it', async () => {
		const address = anAddress();
		const identity = 'somebody who leaves';
		const accountId = await aResidentBy(identity, address);
		const jar = aJar();
		await startSession(app, jar, accountId);
		const permit = await ownPermit(accountId);
		expect(await deleteAccount(app, permit, { current: 'not it at all' })).toMatchObject({
			refusal: { code: 'password_wrong' },
		});
		expect(await findActor(app, jar)).toMatchObject({ accountId });
		expect(await deleteAccount(app, permit, { current: PASSWORD })).toEqual({ ok: true, value: null });
		expect(await findActor(app, jar)).toEqual(VISITOR);
		expect(await tablesWith(accountId)).toEqual([]);
		// The last mail is the only place that still has the address, until it is sent.
		expect(await tablesWith(address)).toEqual(['mail']);
		const mails = await app.db
			.selectFrom('mail')
			.where('address', '=', address)
			.select(['kind', 'account_id as accountId', 'language'])
			.execute();
		expect(mails).toEqual([{ kind: 'account_deleted', accountId: null, language: 'kk' }]);
	});

	it('keeps the person, so that a new account of theirs is no second voter', async () => {
		const identity = 'somebody who comes back';
		const first = await aResidentBy(identity);
		const { residency } = await signedIn(app, first);
		await deleteAccount(app, await ownPermit(first), { current: PASSWORD });
		const second = await aResidentBy(identity);
		expect((await signedIn(app, second)).residency).toEqual(residency);
	});

	it('leaves comments without their author', async () => {
		const accountId = await registerAndConfirm(app, aRegistration({ displayName: 'Бәтима' }));
		const id = await aComment(app.db, LINE, { author: await signedIn(app, accountId) });
		await deleteAccount(app, await ownPermit(accountId), { current: PASSWORD });
		const { items } = await listComments(app.db, LINE, { from: id, limit: 1 });
		expect(items).toMatchObject([{ id, authorName: null }]);
		expect(await tablesWith('Бәтима')).toEqual([]);
	});

	it('is refused to the last administrator, of two at once to one', async () => {
		const administrators = [await registerAndConfirm(app), await registerAndConfirm(app)];
		await app.db
			.insertInto('role_grant')
			.values(administrators.map((account_id) => ({ account_id, role: 'administrator', city_id: null })))
			.execute();
		const permits = await Promise.all(administrators.map(ownPermit));
		const outcomes = await Promise.all(
			permits.map((permit) => deleteAccount(app, permit, { current: PASSWORD })),
		);
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'last_administrator' } });
	});
});

it('a changed profile is the account’s, and the age band that of its residency', async () => {
	const accountId = await aResidentBy('somebody who changes');
	const name = parseDisplayName('Бақыт');
	if (!name.ok) throw new Error(name.refusal.code);
	const permit = await ownPermit(accountId);
	await changeProfile(app, permit, { displayName: name.value, language: 'ru', ageBand: null });
	expect(await getOwnAccount(app.db, accountId)).toMatchObject({
		displayName: 'Бақыт',
		language: 'ru',
		residency: { ageBand: null },
	});
});

it('who agreed to an earlier text is asked again, and then may go on', async () => {
	const accountId = await registerAndConfirm(app);
	await app.db
		.updateTable('account')
		.set({ consent_version: '2020-01' })
		.where('id', '=', accountId)
		.execute();
	expect(await signedIn(app, accountId)).toMatchObject({ consentIsCurrent: false });
	await agreeAgain(app, await ownPermit(accountId));
	expect(await signedIn(app, accountId)).toMatchObject({ consentIsCurrent: true });
	expect((await getOwnAccount(app.db, accountId)).consent?.version).toBe(CONSENT_VERSION);
});

/** The tables in which this text stands anywhere. */
async function tablesWith(text: string): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select table_name as name from information_schema.tables
			where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(database.owner);
	const found: string[] = [];
	for (const { name } of rows) {
		const { rows: hits } = await sql`
			select from ${sql.table(name)} as t where strpos(t::text, ${text}) > 0 limit 1`.execute(database.owner);
		if (hits.length > 0) found.push(name);
	}
	return found;
}
