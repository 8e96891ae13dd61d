import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CityId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { DOWNLOADED, downloadOwnData, NOT_DOWNLOADED } from '#lib/server/privacy/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import {
	anAddress,
	aRegistration,
	registerAndConfirm,
	signedIn,
} from '#tests/support/factories/registration.ts';
import { permitFor } from '#tests/support/permit.ts';
import { readBytes } from '#tests/support/read-stream.ts';
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

const LINE = toSubject('taraz' as CityId, 2027, 'expenditure', '06');

async function download(accountId: AccountId): Promise<Record<string, unknown>> {
	const permit = permitFor(await signedIn(app, accountId), 'account.manage', { cityId: null });
	const bytes = await readBytes(downloadOwnData(app, permit, { ballots: 'not in it' }));
	return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
}

it('names every table that points at an account, or why it is left out', async () => {
	const { rows } = await sql<{ name: string }>`
		select distinct conrelid::regclass::text as name from pg_constraint
			where contype = 'f' and confrelid = 'account'::regclass order by 1`.execute(database.owner);
	const known = [...Object.keys(DOWNLOADED), ...Object.keys(NOT_DOWNLOADED)];
	expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
});

it('holds what is kept of the account, by table', async () => {
	const address = anAddress();
	const accountId = await registerAndConfirm(app, aRegistration({ address }));
	const file = await download(accountId);
	expect(Object.keys(file)).toEqual(['about', ...Object.values(DOWNLOADED)]);
	expect(file).toMatchObject({
		about: { ballots: 'not in it' },
		account: { id: accountId, email: address, displayName: 'Айгүл С.' },
		sessions: [{ browser: 'other' }],
		links: [{ purpose: 'confirm_email' }],
		mails: [{ kind: 'confirm_email' }],
		comments: [],
	});
});

it('reads on where a page of comments ends, each once', async () => {
	const accountId = await registerAndConfirm(app);
	const other = await registerAndConfirm(app);
	const mine = new Set<string>();
	for (let count = 0; count < 3; count++)
		mine.add(await aComment(app.db, LINE, { author: await signedIn(app, accountId) }));
	await app.db
		.insertInto('comment')
		.columns([
			'city_id',
			'id',
			'fiscal_year',
			'subject_kind',
			'subject_code',
			'account_id',
			'language',
			'body',
		])
		.expression((eb) =>
			eb
				.selectFrom(sql<{ n: number }>`generate_series(1, 1100)`.as('series'))
				.select([
					sql.lit(LINE.cityId).as('city_id'),
					sql<never>`gen_random_uuid()`.as('id'),
					sql.lit(LINE.fiscalYear).as('fiscal_year'),
					sql.lit(LINE.kind).as('subject_kind'),
					sql.lit(LINE.code).as('subject_code'),
					sql<never>`${accountId}::uuid`.as('account_id'),
					sql.lit('kk' as const).as('language'),
					sql.lit('пікір').as('body'),
				]),
		)
		.execute();
	await aComment(app.db, LINE, { author: await signedIn(app, other) });
	const { comments } = (await download(accountId)) as { comments: { id: string }[] };
	expect(comments).toHaveLength(1103);
	expect(new Set(comments.map(({ id }) => id)).size).toBe(1103);
	for (const id of mine) expect(comments.some((comment) => comment.id === id)).toBe(true);
});
