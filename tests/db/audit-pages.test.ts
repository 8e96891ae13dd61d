import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId } from '#lib/domain/base/ids.ts';
import type { CivilDate } from '#lib/domain/base/time.ts';
import { ok } from '#lib/domain/base/result.ts';
import { eraseDetails, recordAct, type Act } from '#lib/server/audit/index.ts';
import { transact } from '#lib/server/db/transact.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const ELSEWHERE = 'oral' as CityId;
const COMMENT = '01890000-0000-7000-8000-000000000002';
const HOSTILE = '<script>alert(1)</script>';

let database: TestDatabase;
let server: BuiltServer;
let official: SignedIn;
let administrator: SignedIn;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	official = await anOfficial(database.db, HERE);
	administrator = await anAccount(database.db, { grants: [{ role: 'administrator', cityId: null }] });
	const gone = await anAccount(database.db);

	for (let number = 1; number <= 60; number++) {
		await record({ actorId: null, cityId: null, action: 'audit.erase', subject: entry(number) });
	}
	await record({
		...answer(HERE, official),
		before: { status: 'under_review', texts: { kk: { body: 'Қаралып жатыр.' } } },
		after: { status: 'accepted', texts: { kk: { body: HOSTILE } } },
	});
	await record(answer(ELSEWHERE, gone));
	await record({
		actorId: null,
		cityId: HERE,
		action: 'role.grant',
		subject: { kind: 'account', id: official.accountId },
		after: { role: 'official' },
	});
	await database.db.deleteFrom('account').where('id', '=', gone.accountId).execute();
	await eraseDetails(testApp(database.owner), 62);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

function entry(number: number): Act['subject'] {
	return { kind: 'audit_entry', id: String(number) };
}

function answer(cityId: CityId, actor: SignedIn): Act {
	return {
		actorId: actor.accountId,
		cityId,
		action: 'response.publish',
		subject: { kind: 'comment', id: COMMENT },
		after: { status: 'accepted' },
	};
}

async function record(act: Act): Promise<void> {
	const app = testApp(database.db);
	await transact(app.db, async (tx) => ok(await recordAct(tx, app, act)));
}

/** On the clock of the cities. */
async function dayOf(number: number): Promise<CivilDate> {
	const { day } = await database.db
		.selectFrom('audit_entry')
		.where('number', '=', number)
		.select(sql<CivilDate>`(happened_at at time zone 'Asia/Almaty')::date`.as('day'))
		.executeTakeFirstOrThrow();
	return day;
}

async function ask(actor: SignedIn, path: string) {
	return await new HttpBrowser(server.url).withSession(await aSession(database, actor.accountId)).get(path);
}

async function articles(actor: SignedIn, path: string): Promise<string[]> {
	const answer = await ask(actor, path);
	expect(answer.status, path).toBe(200);
	return [...answer.body.replaceAll(/<!--.*?-->/g, '').matchAll(/<article.*?<\/article>/gs)].map(
		([article]) =>
			article
				.replaceAll(/<[^>]*>/g, ' ')
				.replaceAll(/\s+/g, ' ')
				.trim(),
	);
}

describe('the audit log of an administrator', () => {
	it('tells each act in one sentence, the newest first', async () => {
		const [erasure, role, elsewhere, here] = await articles(administrator, '/ru/admin/audit');
		expect(erasure).toMatch(/^Удалены подробности записи журнала\. Кто: оператор сайта, на сервере № 64 · /);
		expect(erasure).toContain('Какая запись: № 62');
		expect(role).toContain(`Чья учётная запись: ${official.displayName}`);
		expect(elsewhere).toMatch(/Кто: удалённая учётная запись .* Подробности удалены/);
		expect(here).toContain(`Опубликован официальный ответ на комментарий. Кто: ${official.displayName}`);
		expect(here).toContain('status Было: under_review Стало: accepted');
	});

	it('shows what was written as text', async () => {
		const { body } = await ask(administrator, `/kk/admin/audit?city=${HERE}`);
		expect(body).not.toContain(HOSTILE);
		expect(body).toContain('&lt;script>alert(1)&lt;/script>');
	});

	it('goes on before a number, and keeps the choice', async () => {
		expect(await articles(administrator, '/kk/admin/audit')).toHaveLength(50);
		const { body } = await ask(administrator, '/kk/admin/audit?action=audit.erase');
		expect(body).toContain('/kk/admin/audit?action=audit.erase&amp;before=12"');
		expect(await articles(administrator, '/kk/admin/audit?action=audit.erase&before=12')).toHaveLength(11);
	});

	it('can be narrowed down by city, act and day', async () => {
		expect(await articles(administrator, `/en/admin/audit?city=${HERE}&action=&day=`)).toHaveLength(2);
		expect(await articles(administrator, '/en/admin/audit?action=response.publish')).toHaveLength(2);
		expect(await articles(administrator, '/en/admin/audit?day=2020-01-01')).toHaveLength(0);
		// The answer and, a moment later, the erasure of its details.
		const day = await dayOf(62);
		expect(await articles(administrator, `/en/admin/audit?day=${day}&city=${ELSEWHERE}`)).toHaveLength(2);
	});

	it('says that a day is none, and refuses what no link of ours asks for', async () => {
		const wrong = await ask(administrator, '/en/admin/audit?day=2026-02-31');
		expect(wrong.status).toBe(200);
		expect(wrong.body).toContain('There is no such day.');
		for (const query of ['before=0', 'before=1e9', 'before=x', 'action=no.such', 'city=nowhere']) {
			expect((await ask(administrator, `/en/admin/audit?${query}`)).status, query).toBe(400);
		}
	});
});

describe('the audit log of an office', () => {
	it('tells what was done in its city and nothing else, with a way to the comment', async () => {
		const told = await articles(official, `/en/office/${HERE}/audit`);
		expect(told.map((article) => article.split('.')[0])).toEqual([
			'A role was granted',
			'An official response to a comment was published',
		]);
		expect((await ask(official, `/en/office/${HERE}/audit`)).body).toContain(
			`href="/en/office/${HERE}/comments/${COMMENT}"`,
		);
		expect(await articles(official, `/en/office/${HERE}/audit?city=${ELSEWHERE}`)).toHaveLength(2);
	});

	it('is for officials of the city, and never kept by a cache', async () => {
		expect((await ask(official, `/en/office/${ELSEWHERE}/audit`)).status).toBe(404);
		expect((await ask(official, '/en/admin/audit')).status).toBe(404);
		expect((await ask(official, `/en/office/${HERE}/audit`)).headers.get('cache-control')).toContain(
			'no-store',
		);
	});
});
