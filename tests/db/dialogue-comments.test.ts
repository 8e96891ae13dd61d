import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommentId } from '#lib/domain/base/ids.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { createComment, type NewComment } from '#lib/server/dialogue/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount } from '#tests/support/factories/account.ts';
import { permitFor } from '#tests/support/permit.ts';
import { testApp } from '#tests/support/app.ts';
import { aLine } from '#tests/support/factories/budget.ts';
import { aCity } from '#tests/support/factories/city.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db);
});
afterAll(() => database.close());

async function aForm() {
	const cityId = await aCity(app.db);
	const line = await aLine(app.db, cityId);
	const author = await anAccount(app.db);
	const comment: NewComment = {
		id: newId<CommentId>(app),
		line,
		language: 'kk',
		body: 'Балабақша кезегі неге азаймай тұр?',
	};
	return { cityId, line, author, permit: permitFor(author, 'comment.create', { cityId }), comment };
}

function rowsOf(id: CommentId) {
	return app.db
		.selectFrom('comment')
		.where('id', '=', id)
		.select(['city_id', 'account_id', 'language', 'body', 'answered_at'])
		.orderBy('city_id')
		.execute();
}

describe('createComment', () => {
	it('publishes what was typed, cleaned, under the name of whoever is signed in', async () => {
		const { cityId, author, permit, comment } = await aForm();
		const result = await createComment(app, permit, { ...comment, body: ' Неге?\r\n\u202EТүсіндіріңіз ' });
		expect(result).toEqual({ ok: true, value: comment.id });
		expect(await rowsOf(comment.id)).toEqual([
			{
				city_id: cityId,
				account_id: author.accountId,
				language: 'kk',
				body: 'Неге?\nТүсіндіріңіз',
				answered_at: null,
			},
		]);
	});

	it('is one comment when its form is sent twice', async () => {
		const { permit, comment } = await aForm();
		const first = await createComment(app, permit, comment);
		expect(await createComment(app, permit, comment)).toEqual(first);
		expect(await rowsOf(comment.id)).toHaveLength(1);
	});

	it('is one comment when its form is sent twenty times at once', async () => {
		const { permit, comment } = await aForm();
		const results = await Promise.all(Array.from({ length: 20 }, () => createComment(app, permit, comment)));
		expect(results).toEqual(Array.from({ length: 20 }, () => ({ ok: true, value: comment.id })));
		expect(await rowsOf(comment.id)).toHaveLength(1);
	});

	it('refuses a used form that brings another text, so that no text is lost', async () => {
		const { permit, comment } = await aForm();
		await createComment(app, permit, comment);
		expect(await createComment(app, permit, { ...comment, body: 'Тағы бір сұрақ' })).toEqual({
			ok: false,
			refusal: { code: 'comment_form_used' },
		});
		expect(await rowsOf(comment.id)).toMatchObject([{ body: comment.body }]);
	});

	it("refuses the id of somebody else's comment and leaves that comment as it is", async () => {
		const { cityId, permit, comment, author } = await aForm();
		await createComment(app, permit, comment);
		const stranger = permitFor(await anAccount(app.db), 'comment.create', { cityId });
		expect(await createComment(app, stranger, comment)).toEqual({
			ok: false,
			refusal: { code: 'comment_form_used' },
		});
		expect(await rowsOf(comment.id)).toMatchObject([{ account_id: author.accountId }]);
	});

	it.each([
		['', 'text_empty'],
		['ә'.repeat(2001), 'text_too_long'],
		[`а${'\u0301'.repeat(50)}`, 'text_marks'],
	])('refuses by the rules of the field, and keeps nothing (case %#)', async (body, code) => {
		const { permit, comment } = await aForm();
		expect(await createComment(app, permit, { ...comment, body })).toMatchObject({
			ok: false,
			refusal: { code },
		});
		expect(await rowsOf(comment.id)).toEqual([]);
	});

	it('keeps the text when the account is deleted, without the name', async () => {
		const { author, permit, comment } = await aForm();
		await createComment(app, permit, comment);
		await app.db.deleteFrom('account').where('id', '=', author.accountId).execute();
		expect(await rowsOf(comment.id)).toMatchObject([{ account_id: null, body: comment.body }]);
	});
});
