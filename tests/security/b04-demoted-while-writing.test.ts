import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CityId, CommentId } from '#lib/domain/base/ids.ts';
import { toSubject } from '#lib/domain/budget/code.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { findComment } from '#lib/server/dialogue/index.ts';
import { revokeRole } from '#lib/server/identity/index.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { aSubmission } from '#tests/support/factories/ballot.ts';
import { aComment } from '#tests/support/factories/dialogue.ts';
import { anAddress } from '#tests/support/factories/registration.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { HttpBrowser } from '#tests/support/http-browser.ts';
import { permitFor } from '#tests/support/permit.ts';
import { startTestServer } from '#tests/support/server.ts';

const HERE = 'taraz' as CityId;
const LINE = toSubject(HERE, 2027, 'expenditure', '06');
const KAZAKH = 'Екі күн жазылған жауап: жарық қарашада орнатылады.';
const RUSSIAN = 'Ответ, над которым работали два дня: освещение установят в ноябре.';

let database: TestDatabase;
let server: BuiltServer;
let comment: CommentId;
beforeAll(async () => {
	database = await createTestDatabase('seeded');
	server = await startTestServer(database);
	comment = await aComment(database.db, LINE);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const anAdministrator = () =>
	anAccount(database.db, { grants: [{ role: 'administrator' as const, cityId: null }] });

async function takeBack({ accountId, grants }: SignedIn): Promise<void> {
	const { role, cityId } = grants[0]!;
	const permit = permitFor(await anAdministrator(), 'role.revoke', { cityId });
	const revoked = await revokeRole(testApp(database.db), permit, { accountId, role });
	expect(revoked).toMatchObject({ ok: true });
}

const fields = () => ({
	...{ submissionId: aSubmission(), revisionSeen: '0', status: 'accepted' },
	...{ body_kk: KAZAKH, body_ru: RUSSIAN },
});

describe('B04 who loses the office between opening a form and sending it', () => {
	// Red without `endAllSessions` in staff/revoke-role.ts, and without `giveBackWhenSignedOut` on the page.
	it.each(['publish', 'preview'])('publishes nothing by %s, and has the text still', async (action) => {
		const official = await anOfficial(database.db, HERE);
		const browser = new HttpBrowser(server.url).withSession(await aSession(database, official.accountId));
		const desk = `/kk/office/${HERE}/comments/${comment}`;
		expect((await browser.get(desk)).status).toBe(200);
		await takeBack(official);
		const answer = await browser.post(`${desk}?/${action}`, fields());
		expect(answer.status).toBe(403);
		expect(answer.body).toContain(KAZAKH);
		expect(answer.body).toContain(RUSSIAN);
		expect(answer.body).toContain('Ештеңе жарияланған жоқ');
		expect((await findComment(database.db, HERE, comment, 'kk'))?.revisions).toEqual([]);
		expect((await browser.get(desk)).location).toMatch(/^\/kk\/sign-in/);
	});

	it('gets the same answer for a comment that is not there: it tells nothing', async () => {
		const path = (id: string) => `/kk/office/${HERE}/comments/${id}?/publish`;
		const stranger = new HttpBrowser(server.url);
		const sent = fields();
		const known = await stranger.post(path(comment), sent);
		const unknown = await stranger.post(path(aSubmission()), sent);
		expect([known.status, unknown.status]).toEqual([403, 403]);
		const comparable = (body: string, id: string) =>
			body
				.replace(/nonce[=-]["']?[\w+/=-]+["']?/g, 'nonce')
				.replaceAll(id, 'ID')
				.replace(/[0-9a-f-]{36}/g, 'ID');
		expect(comparable(known.body, comment)).toBe(comparable(unknown.body, comment));
	});

	it('invites nobody as an administrator who is none any more', async () => {
		const former = await anAdministrator();
		const browser = new HttpBrowser(server.url).withSession(await aSession(database, former.accountId));
		expect((await browser.get('/kk/admin/staff')).status).toBe(200);
		await takeBack(former);
		const email = anAddress();
		const invite = { id: aSubmission(), email, role: 'analyst', language: 'kk' };
		expect((await browser.post('/kk/admin/staff?/invite', invite)).location).toMatch(/^\/kk\/sign-in/);
		const invited = await database.db
			.selectFrom('invitation')
			.where('email_key', '=', email)
			.select('id')
			.execute();
		expect(invited).toEqual([]);
	});
});
