import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { Subject } from '#lib/domain/budget/code.ts';
import type { CityId, CommentId, SubmissionId } from '#lib/domain/base/ids.ts';
import { cleanText } from '#lib/domain/dialogue/text.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { findComment, listComments } from '#lib/server/dialogue/index.ts';
import type { BuiltServer } from '#scripts/instance/built-server.ts';
import { testApp } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { aLine } from '#tests/support/factories/budget.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aComment, aDraft, aResponse } from '#tests/support/factories/dialogue.ts';
import { aSession } from '#tests/support/factories/session.ts';
import { BROKEN_TEXTS, HOSTILE_TEXTS } from '#tests/support/hostile.ts';
import { HttpBrowser, type Answer, type Fields } from '#tests/support/http-browser.ts';
import { startTestServer, testKeys } from '#tests/support/server.ts';

let database: TestDatabase;
let app: Capabilities;
let server: BuiltServer;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db, { keys: testKeys });
	server = await startTestServer(database);
});
afterAll(async () => {
	await server.stop();
	await database.close();
});

const aBrowser = () => new HttpBrowser(server.url);

async function browserOf(who: SignedIn): Promise<HttpBrowser> {
	return aBrowser().withSession(await aSession(database, who.accountId));
}

const pageOf = (line: Subject) => `/kk/${line.cityId}/budget/${line.fiscalYear}/${line.alias}`;
const answersOf = (cityId: CityId) => `/kk/${cityId}/answers`;
const officeOf = (cityId: CityId) => `/kk/office/${cityId}`;
const deskOf = (cityId: CityId, id: CommentId) => `${officeOf(cityId)}/comments/${id}`;

const commentFields = (body: string, changes: Fields = {}): Fields => ({
	id: newId<CommentId>(app),
	body,
	language: 'kk',
	preselected: 'kk',
	...changes,
});

const responseFields = (changes: Fields = {}): Fields => ({
	submissionId: newId<SubmissionId>(app),
	revisionSeen: '0',
	...aDraft(),
	...changes,
});

const send = (browser: HttpBrowser, line: Subject, fields: Fields): Promise<Answer> =>
	browser.post(`${pageOf(line)}?/comment`, fields);

async function bodiesOn(line: Subject): Promise<string[]> {
	const { items } = await listComments(app.db, line, { from: null, limit: 100 });
	return items.map(({ body }) => body);
}

/** As the page writes a text between tags. */
const asText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function expectOnlyText(html: string, text: string): void {
	expect(html).toContain(asText(text));
	if (text.includes('<')) expect(html).not.toContain(text);
	expect(html).not.toMatch(/<[a-z][^>]*\s(href|src|action)=["']?\s*(javascript|data|vbscript):/i);
}

describe('C01', () => {
	it.each(HOSTILE_TEXTS)('a comment is text on every page that shows it: %j', async (typed) => {
		const line = await aLine(app.db, await aCity(app.db));
		const author = await anAccount(app.db, { displayName: '<i onclick=alert(1)>' });
		const answer = await send(await browserOf(author), line, commentFields(typed));
		expect(answer.status).toBe(303);

		const [body] = await bodiesOn(line);
		expect(body).toBe(cleanText(typed));
		const html = await readEverywhere(line);
		for (const page of [html.line, html.desk]) {
			expectOnlyText(page, typed.trim());
			expect(page).not.toContain('<i onclick');
		}
		expectOnlyText(html.inbox, typed.trim());
		expectOnlyText(html.answers, typed.trim());
	});

	it.each(HOSTILE_TEXTS)('a response is text on every page that shows it: %j', async (typed) => {
		const cityId = await aCity(app.db);
		const line = await aLine(app.db, cityId);
		const id = await aComment(app.db, line);
		const browser = await browserOf(await anOfficial(app.db, cityId));
		const texts = {
			status: 'declined',
			body_kk: typed,
			body_ru: typed,
			legal_basis_kk: typed,
			legal_basis_ru: typed,
			complaint_kk: typed,
			complaint_ru: typed,
		};
		const preview = await browser.post(`${deskOf(cityId, id)}?/preview`, responseFields(texts));
		expect(preview.status).toBe(200);
		expectOnlyText(preview.body, typed.trim());
		const published = await browser.post(`${deskOf(cityId, id)}?/publish`, responseFields(texts));
		expect(published.status).toBe(303);
		const comment = await findComment(app.db, cityId, id, 'kk');
		expect(comment?.revisions[0]?.texts.map(({ body, complaint }) => [body, complaint])).toEqual([
			[cleanText(typed), cleanText(typed)],
			[cleanText(typed), cleanText(typed)],
		]);
		const html = await readEverywhere(line);
		for (const page of [html.line, html.desk, html.answers]) expectOnlyText(page, typed.trim());
	});

	/** Everything that shows a comment: its line, the answers, the office's list and the desk. */
	async function readEverywhere(line: Subject) {
		const { items } = await listComments(app.db, line, { from: null, limit: 1 });
		const { id } = items[0]!;
		const official = await browserOf(await anOfficial(app.db, line.cityId));
		const read = async (path: string) => (await official.get(path)).body;
		return {
			line: await read(pageOf(line)),
			answers: await read(answersOf(line.cityId)),
			inbox: await read(officeOf(line.cityId)),
			desk: await read(deskOf(line.cityId, id)),
		};
	}
});

describe('C03', () => {
	it.each(Object.keys(BROKEN_TEXTS))('is kept cleaned or refused with words: %s', async (name) => {
		const line = await aLine(app.db, await aCity(app.db));
		const typed = BROKEN_TEXTS[name]!;
		const answer = await send(await browserOf(await anAccount(app.db)), line, commentFields(typed));
		// 413: the server does not even read what no form of ours would send.
		expect([303, 400, 413]).toContain(answer.status);
		expect(await bodiesOn(line)).toEqual(answer.status === 303 ? [cleanText(typed)] : []);
		if (answer.status === 400) expect(answer.body).toContain('id="field-body-error"');
		expect((await aBrowser().get(pageOf(line))).status).toBe(200);
	});
});

describe('B02', () => {
	it("another city's comment is not found, whatever the official does with its id", async () => {
		const [here, there] = [await aCity(app.db), await aCity(app.db)];
		const line = await aLine(app.db, there);
		const id = await aComment(app.db, line, { body: 'Басқа қаланың сұрағы' });
		const browser = await browserOf(await anOfficial(app.db, here));
		const answers = [
			await browser.get(deskOf(here, id)),
			await browser.get(deskOf(there, id)),
			await browser.get(officeOf(there)),
			await browser.post(`${deskOf(here, id)}?/preview`, responseFields()),
			await browser.post(`${deskOf(here, id)}?/publish`, responseFields()),
			await browser.post(`${deskOf(there, id)}?/publish`, responseFields()),
		];
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
		for (const { body } of answers) expect(body).not.toContain('Басқа қаланың сұрағы');
		expect((await findComment(app.db, there, id, 'kk'))?.revisions).toEqual([]);
	});

	it('its id in an address of this city shows nothing of it', async () => {
		const id = await aComment(app.db, await aLine(app.db, await aCity(app.db)), {
			body: 'Басқа жердегі сұрақ',
		});
		const cityId = await aCity(app.db);
		const line = await aLine(app.db, cityId);
		const browser = await browserOf(await anOfficial(app.db, cityId));
		for (const path of [
			`${pageOf(line)}?comment=${id}`,
			`${pageOf(line)}?posted=${id}`,
			`${answersOf(cityId)}?from=${id}`,
			`${officeOf(cityId)}?published=${id}`,
			`${officeOf(cityId)}?from=${id}`,
		]) {
			const answer = await browser.get(path);
			expect([200, 404]).toContain(answer.status);
			expect(answer.body).not.toContain('Басқа жердегі сұрақ');
		}
	});

	it('the data of an office page are not given to who may not see the page', async () => {
		const cityId = await aCity(app.db);
		const id = await aComment(app.db, await aLine(app.db, cityId), {
			body: 'Құпия емес, бірақ бұл бет басқаға',
		});
		const official = await browserOf(await anOfficial(app.db, cityId));
		const stranger = await browserOf(await anAccount(app.db));
		for (const path of [officeOf(cityId), deskOf(cityId, id)]) {
			// The framework gives the data of a page alone, without its layouts', when asked so.
			for (const which of ['', '?x-sveltekit-invalidated=001']) {
				const read = async (browser: HttpBrowser) => (await browser.get(`${path}/__data.json${which}`)).body;
				expect(await read(official)).toContain('Құпия емес');
				expect(await read(stranger)).not.toContain('Құпия емес');
				expect(await read(aBrowser())).not.toContain('Құпия емес');
			}
		}
		expect((await stranger.get(officeOf(cityId))).status).toBe(404);
		expect((await aBrowser().get(officeOf(cityId))).location).toMatch(/^\/kk\/sign-in\?next=/);
	});

	it('who has lost the office before sending publishes nothing', async () => {
		const cityId = await aCity(app.db);
		const id = await aComment(app.db, await aLine(app.db, cityId));
		const official = await anOfficial(app.db, cityId);
		const browser = await browserOf(official);
		expect((await browser.get(deskOf(cityId, id))).status).toBe(200);
		await app.db.deleteFrom('role_grant').where('account_id', '=', official.accountId).execute();
		const answer = await browser.post(`${deskOf(cityId, id)}?/publish`, responseFields());
		expect(answer.status).toBe(404);
		expect((await findComment(app.db, cityId, id, 'kk'))?.revisions).toEqual([]);
	});
});

describe('B03', () => {
	it('fields that no form has change nothing', async () => {
		const [here, there] = [await aCity(app.db), await aCity(app.db)];
		const line = await aLine(app.db, here);
		await aLine(app.db, there);
		const [author, victim] = [await anAccount(app.db), await anAccount(app.db)];
		const answer = await send(
			await browserOf(author),
			line,
			commentFields('Өз атымнан', {
				cityId: there,
				city_id: there,
				accountId: victim.accountId,
				account_id: victim.accountId,
				answered_at: '2020-01-01T00:00:00Z',
				created_at: '2020-01-01T00:00:00Z',
			}),
		);
		expect(answer.status).toBe(303);
		const rows = await app.db
			.selectFrom('comment')
			.where('body', '=', 'Өз атымнан')
			.select(['city_id', 'account_id', 'answered_at'])
			.execute();
		expect(rows).toEqual([{ city_id: here, account_id: author.accountId, answered_at: null }]);
	});
});

describe('a comment form', () => {
	it('sent twice is one comment, and leads to it both times', async () => {
		const line = await aLine(app.db, await aCity(app.db));
		const browser = await browserOf(await anAccount(app.db));
		const fields = commentFields('Екі рет басылды');
		const [first, second] = await Promise.all([send(browser, line, fields), send(browser, line, fields)]);
		expect(first.location).toBe(`${pageOf(line)}?posted=${String(fields['id'])}#discussion`);
		expect(second.location).toBe(first.location);
		expect(await bodiesOn(line)).toEqual(['Екі рет басылды']);
	});

	it('keeps what was typed when the session has ended meanwhile', async () => {
		const line = await aLine(app.db, await aCity(app.db));
		const answer = await send(aBrowser(), line, commentFields('Ұзақ ойланып жазған мәтінім'));
		expect(answer.status).toBe(403);
		expect(answer.body).toMatch(/<textarea[^>]*>Ұзақ ойланып жазған мәтінім<\/textarea>/);
		expect(await bodiesOn(line)).toEqual([]);
	});

	it('keeps what was typed when it was too much for an hour, and says when to go on', async () => {
		const line = await aLine(app.db, await aCity(app.db));
		const browser = await browserOf(await anAccount(app.db));
		for (let count = 1; count <= 20; count++) {
			expect((await send(browser, line, commentFields(`Пікір ${count}`))).status).toBe(303);
		}
		const answer = await send(browser, line, commentFields('Жиырма бірінші пікір'));
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(answer.body).toMatch(/<textarea[^>]*>Жиырма бірінші пікір<\/textarea>/);
		expect(await bodiesOn(line)).toHaveLength(20);
	});
});

describe('an official whose colleague was faster', () => {
	it('reads what was published and has their own text still', async () => {
		const cityId = await aCity(app.db);
		const line = await aLine(app.db, cityId);
		const id = await aComment(app.db, line);
		const browser = await browserOf(await anOfficial(app.db, cityId));
		await aResponse(app.db, line, id, { body_kk: 'Әріптестің жауабы' });
		const fields = responseFields({ body_kk: 'Менің жауабым', status: 'in_progress' });
		const answer = await browser.post(`${deskOf(cityId, id)}?/publish`, fields);
		expect(answer.status).toBe(409);
		expect(answer.body).toContain('Әріптестің жауабы');
		expect(answer.body).toMatch(/<textarea[^>]*>Менің жауабым<\/textarea>/);
		// Having read it, they may publish theirs as the next revision: the form has seen the colleague's.
		expect(answer.body).toMatch(/name="revisionSeen" value="1"/);
		const again = await browser.post(`${deskOf(cityId, id)}?/publish`, { ...fields, revisionSeen: '1' });
		expect(again.status).toBe(303);
		expect((await findComment(app.db, cityId, id, 'kk'))?.revisions).toHaveLength(2);
	});
});
