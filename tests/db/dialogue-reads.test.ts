import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityId, CommentId } from '#lib/domain/base/ids.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import {
	countComments,
	countCommentsByLine,
	countInbox,
	findComment,
	findDialogueFigures,
	listAnswers,
	listByStatus,
	listComments,
	listLatestAnswers,
	listMyComments,
	listWaiting,
	type Page,
} from '#lib/server/dialogue/index.ts';
import type { Db } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { testApp } from '#tests/support/app.ts';
import { aLine } from '#tests/support/factories/budget.ts';
import { aCity } from '#tests/support/factories/city.ts';
import type { Subject } from '#lib/domain/budget/code.ts';
import { aComment, aResponse } from '#tests/support/factories/dialogue.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
	database = await createTestDatabase();
	db = database.db;
});
afterAll(() => database.close());

const FIRST = { from: null, limit: 20 };

function ids(page: Page<{ readonly id: CommentId }>): CommentId[] {
	return page.items.map(({ id }) => id);
}

/** Moves a comment, and its first answer with it, into the past. */
async function shiftComment(id: CommentId, created: string, answered: string | null = null): Promise<void> {
	await db
		.updateTable('comment')
		.set({ created_at: created as Instant, answered_at: answered as Instant | null })
		.where('id', '=', id)
		.execute();
}

async function comments(line: Subject, count: number): Promise<CommentId[]> {
	const made: CommentId[] = [];
	for (let day = 1; day <= count; day++) {
		const id = await aComment(db, line, { body: `Сұрақ ${day}` });
		await shiftComment(id, `2026-03-${String(day).padStart(2, '0')}T08:00:00Z`);
		made.push(id);
	}
	return made;
}

describe('listComments', () => {
	it('gives the comments of one line, the newest first, and no others', async () => {
		const cityId = await aCity(db);
		const line = await aLine(db, cityId);
		const otherLine = await aLine(db, cityId, { code: '05' });
		const otherYear = await aLine(db, cityId, { year: 2027 });
		const [first, second] = await comments(line, 2);
		await comments(otherLine, 1);
		await comments(otherYear, 1);
		const page = await listComments(db, line, FIRST);
		expect(ids(page)).toEqual([second, first]);
		expect(page.next).toBeNull();
		expect(page.items[0]).toEqual({
			id: second,
			language: 'kk',
			body: 'Сұрақ 2',
			createdAt: '2026-03-02T08:00:00.000Z',
			authorName: 'Айгүл С.',
			revisions: [],
		});
	});

	it('leads from page to page without a gap or a repetition, also where times are equal', async () => {
		const line = await aLine(db, await aCity(db));
		const made = await comments(line, 7);
		for (const id of made) await shiftComment(id, '2026-03-01T08:00:00Z');
		const seen: CommentId[] = [];
		let from: CommentId | null = null;
		do {
			const page: Page<{ id: CommentId }> = await listComments(db, line, { from, limit: 3 });
			seen.push(...ids(page));
			from = page.next;
		} while (from !== null);
		expect(seen).toEqual([...made].sort().reverse());
	});

	it('begins with the comment that an address names', async () => {
		const line = await aLine(db, await aCity(db));
		const made = await comments(line, 4);
		expect(ids(await listComments(db, line, { from: made[1]!, limit: 20 }))).toEqual([made[1], made[0]]);
	});

	it('is empty from a comment of another line or of none', async () => {
		const cityId = await aCity(db);
		const line = await aLine(db, cityId);
		await comments(line, 2);
		const [elsewhere] = await comments(await aLine(db, cityId, { code: '05' }), 1);
		const unknown = newId<CommentId>(testApp(db));
		expect(await listComments(db, line, { from: elsewhere!, limit: 20 })).toEqual({ items: [], next: null });
		expect(await listComments(db, line, { from: unknown, limit: 20 })).toEqual({ items: [], next: null });
	});

	it('names nobody whose account is deleted', async () => {
		const line = await aLine(db, await aCity(db));
		const author = await anAccount(db);
		await aComment(db, line, { author });
		await db.deleteFrom('account').where('id', '=', author.accountId).execute();
		expect((await listComments(db, line, FIRST)).items).toMatchObject([{ authorName: null }]);
	});
});

describe('counts of comments', () => {
	it('say how many a line has and how many have an answer', async () => {
		const cityId = await aCity(db);
		const line = await aLine(db, cityId);
		const otherLine = await aLine(db, cityId, { code: '05' });
		await aLine(db, cityId, { code: '06' });
		const [first] = await comments(line, 3);
		await comments(otherLine, 1);
		await aResponse(db, line, first!);
		expect(await countComments(db, line)).toEqual({ comments: 3, answered: 1 });
		expect(await countCommentsByLine(db, cityId, 2026)).toEqual([
			{ kind: 'expenditure', code: '04', comments: 3, answered: 1 },
			{ kind: 'expenditure', code: '05', comments: 1, answered: 0 },
		]);
		expect(await countCommentsByLine(db, cityId, 2027)).toEqual([]);
	});
});

describe('findComment', () => {
	it('gives the line by its name in the wanted language, else in the next best one', async () => {
		const cityId = await aCity(db);
		const line = await aLine(db, cityId);
		const id = await aComment(db, line);
		const inKazakh = await findComment(db, cityId, id, 'kk');
		const { fiscalYear, kind, code, alias } = line;
		expect(inKazakh?.line).toEqual({
			cityId,
			fiscalYear,
			kind,
			code,
			alias,
			name: { text: 'Топ 04', language: 'kk' },
		});
		const inEnglish = await findComment(db, cityId, id, 'en');
		expect(inEnglish?.line.name).toEqual({ text: 'Группа 04', language: 'ru' });
	});

	it("B02 does not find another city's comment", async () => {
		const id = await aComment(db, await aLine(db, await aCity(db)));
		expect(await findComment(db, await aCity(db), id, 'kk')).toBeNull();
	});
});

describe("the office's lists", () => {
	async function anOffice(): Promise<{ cityId: CityId; line: Subject; made: CommentId[] }> {
		const cityId = await aCity(db);
		const line = await aLine(db, cityId);
		return { cityId, line, made: await comments(line, 5) };
	}

	it('show what waits, the oldest first, without what has an answer', async () => {
		const { cityId, line, made } = await anOffice();
		await aResponse(db, line, made[1]!, { status: 'under_review' });
		const page = await listWaiting(db, cityId, 'kk', { from: null, limit: 3 });
		expect(ids(page)).toEqual([made[0], made[2], made[3]]);
		expect(ids(await listWaiting(db, cityId, 'kk', { from: page.next, limit: 3 }))).toEqual([made[4]]);
	});

	it('show what has one status, the longest untouched first', async () => {
		const { cityId, line, made } = await anOffice();
		for (const id of [made[3]!, made[0]!, made[2]!]) {
			await aResponse(db, line, id, { status: 'in_progress' });
		}
		await aResponse(db, line, made[1]!, { status: 'done' });
		const page = await listByStatus(db, cityId, 'in_progress', 'kk', { from: null, limit: 2 });
		expect(ids(page)).toEqual([made[3], made[0]]);
		expect(page.items[0]).toMatchObject({ status: 'in_progress', daysSince: 0 });
		const rest = await listByStatus(db, cityId, 'in_progress', 'kk', { from: page.next, limit: 2 });
		expect(ids(rest)).toEqual([made[2]]);
	});

	it('count what lies where', async () => {
		const { cityId, line, made } = await anOffice();
		await aResponse(db, line, made[0]!, { status: 'done' });
		await aResponse(db, line, made[1]!, { status: 'done' });
		expect(await countInbox(db, cityId)).toEqual({
			waiting: 3,
			byStatus: {
				under_review: 0,
				accepted: 0,
				partly_accepted: 0,
				declined: 0,
				in_progress: 0,
				done: 2,
			},
		});
	});

	it('cut a long text to an excerpt and say so', async () => {
		const cityId = await aCity(db);
		await aComment(db, await aLine(db, cityId), { body: 'ә'.repeat(301) });
		const { items } = await listWaiting(db, cityId, 'kk', FIRST);
		expect(items).toMatchObject([{ excerpt: 'ә'.repeat(300), isCut: true }]);
	});

	it('count days by the calendar on the wall of the city', async () => {
		const cityId = await aCity(db, { timeZone: 'Asia/Almaty' });
		const id = await aComment(db, await aLine(db, cityId));
		// One second before the city's last midnight is yesterday there, whatever the day is elsewhere.
		const yesterday = sql<Instant>`(date_trunc('day', now() at time zone 'Asia/Almaty') - interval '1 second')
			at time zone 'Asia/Almaty'`;
		await db.updateTable('comment').set({ created_at: yesterday }).where('id', '=', id).execute();
		expect((await listWaiting(db, cityId, 'kk', FIRST)).items).toMatchObject([{ daysSince: 1 }]);
	});
});

describe('the lists of answers', () => {
	it('give the newest answer first, of all statuses or of one', async () => {
		const cityId = await aCity(db);
		const line = await aLine(db, cityId);
		const [first, second, third] = await comments(line, 4);
		await aResponse(db, line, second!, { status: 'done' });
		await aResponse(db, line, third!, { status: 'under_review' });
		await aResponse(db, line, first!, { status: 'done' });
		expect(ids(await listAnswers(db, cityId, null, 'kk', FIRST))).toEqual([first, third, second]);
		expect(ids(await listAnswers(db, cityId, 'done', 'kk', FIRST))).toEqual([first, second]);
		const page = await listAnswers(db, cityId, null, 'kk', { from: null, limit: 2 });
		expect(ids(await listAnswers(db, cityId, null, 'kk', { from: page.next, limit: 2 }))).toEqual([second]);
		expect((await listLatestAnswers(db, cityId, 'kk', 1)).map(({ id }) => id)).toEqual([first]);
	});

	it('give the latest of all cities where no city is named', async () => {
		const line = await aLine(db, await aCity(db));
		const [id] = await comments(line, 1);
		await aResponse(db, line, id!);
		const [latest] = await listLatestAnswers(db, null, 'ru', 1);
		expect(latest).toMatchObject({ id, line: { cityId: line.cityId, name: { text: 'Группа 04' } } });
	});
});

describe('listMyComments', () => {
	it('gives what one account has asked in any city, newest first, with the answers', async () => {
		const author = await anAccount(db);
		const here = await aLine(db, await aCity(db));
		const there = await aLine(db, await aCity(db));
		const first = await aComment(db, here, { author });
		// Within one millisecond the order would be chance.
		await shiftComment(first, '2026-03-01T08:00:00Z');
		const second = await aComment(db, there, { author });
		await aComment(db, here);
		await aResponse(db, here, first);
		const page = await listMyComments(db, author.accountId, 'kk', FIRST);
		expect(ids(page)).toEqual([second, first]);
		expect(page.items[1]).toMatchObject({
			line: { cityId: here.cityId },
			revisions: [{ status: 'accepted' }],
		});
		const rest = await listMyComments(db, author.accountId, 'kk', { from: first, limit: 1 });
		expect(ids(rest)).toEqual([first]);
	});
});

describe('findDialogueFigures', () => {
	it('counts what was asked, answered and waits, and the median days to the first answer', async () => {
		const cityId = await aCity(db);
		const line = await aLine(db, cityId);
		const [first, second, third] = await comments(line, 4);
		await aResponse(db, line, first!, { status: 'under_review' });
		await aResponse(db, line, second!);
		await aResponse(db, line, third!);
		await shiftComment(first!, '2026-03-01T00:00:00Z', '2026-03-01T12:00:00Z');
		await shiftComment(second!, '2026-03-01T00:00:00Z', '2026-03-04T12:00:00Z');
		await shiftComment(third!, '2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z');
		expect(await findDialogueFigures(db, cityId)).toEqual({
			asked: 4,
			answered: 3,
			underReview: 1,
			waiting: 1,
			medianDays: 3.5,
		});
	});

	it('has no median where nothing was answered', async () => {
		expect(await findDialogueFigures(db, await aCity(db))).toEqual({
			asked: 0,
			answered: 0,
			underReview: 0,
			waiting: 0,
			medianDays: null,
		});
	});
});
