import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommentId, SubmissionId } from '#lib/domain/base/ids.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { findComment, publishResponse, type NewResponse } from '#lib/server/dialogue/index.ts';
import type { Capabilities } from '#lib/server/capabilities.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { anAccount, anOfficial } from '#tests/support/factories/account.ts';
import { permitFor } from '#tests/support/permit.ts';
import { testApp } from '#tests/support/app.ts';
import { aLine } from '#tests/support/factories/budget.ts';
import { aCity } from '#tests/support/factories/city.ts';
import { aComment, aDraft } from '#tests/support/factories/dialogue.ts';

let database: TestDatabase;
let app: Capabilities;
beforeAll(async () => {
	database = await createTestDatabase();
	app = testApp(database.db);
});
afterAll(() => database.close());

async function aQuestion() {
	const cityId = await aCity(app.db);
	const line = await aLine(app.db, cityId);
	const author = await anAccount(app.db);
	const commentId = await aComment(app.db, line, { author });
	const official = await anOfficial(app.db, cityId);
	return { cityId, line, author, commentId, permit: permitFor(official, 'response.publish', { cityId }) };
}

function aForm(commentId: CommentId, changes: Partial<NewResponse> = {}): NewResponse {
	return {
		commentId,
		submissionId: newId<SubmissionId>(app),
		revisionSeen: 0,
		draft: aDraft(),
		...changes,
	};
}

async function revisionsOf({
	cityId,
	commentId,
}: Pick<Awaited<ReturnType<typeof aQuestion>>, 'cityId' | 'commentId'>) {
	return (await findComment(app.db, cityId, commentId, 'kk'))?.revisions ?? [];
}

async function mailsTo({ author }: Pick<Awaited<ReturnType<typeof aQuestion>>, 'author'>): Promise<number> {
	const mails = await app.db
		.selectFrom('mail')
		.where('account_id', '=', author.accountId)
		.where('kind', '=', 'response_published')
		.select('id')
		.orderBy('id')
		.execute();
	return mails.length;
}

describe('publishResponse', () => {
	it('publishes status and both texts, ends the waiting and queues one mail to whoever asked', async () => {
		const question = await aQuestion();
		expect(await publishResponse(app, question.permit, aForm(question.commentId))).toEqual({
			ok: true,
			value: 1,
		});
		const [revision] = await revisionsOf(question);
		expect(revision).toMatchObject({
			revision: 1,
			status: 'accepted',
			texts: [
				{ language: 'kk', body: aDraft().body_kk, legalBasis: null, complaint: null },
				{ language: 'ru', body: aDraft().body_ru, legalBasis: null, complaint: null },
			],
		});
		expect(await answeredAt(question.commentId)).toBe(revision?.publishedAt);
		expect(await mailsTo(question)).toBe(1);
	});

	it('leaves in the audit log what stood there before and after, and nothing of what it refuses', async () => {
		const question = await aQuestion();
		const { permit, commentId } = question;
		await publishResponse(app, permit, aForm(commentId, { draft: aDraft({ status: 'under_review' }) }));
		await publishResponse(app, permit, aForm(commentId, { revisionSeen: 1 }));
		await publishResponse(app, permit, aForm(commentId, { revisionSeen: 1 }));
		const entries = await app.db
			.selectFrom('audit_entry')
			.innerJoin('audit_detail', 'entry_number', 'number')
			.where('subject_id', '=', commentId)
			.select(['action', 'actor_id as actorId', 'city_id as cityId', 'details'])
			.orderBy('number')
			.execute();
		const written = { action: 'response.publish', actorId: permit.actor.accountId, cityId: question.cityId };
		const kk = { body: aDraft().body_kk, legalBasis: null, complaint: null };
		const first = { revision: 1, status: 'under_review', texts: { kk } };
		expect(entries).toMatchObject([
			{ ...written, details: { after: first } },
			{ ...written, details: { before: first, after: { revision: 2, status: 'accepted', texts: { kk } } } },
		]);
		expect(entries).toHaveLength(2);
	});

	it('mails the answer as published, with the address of the comment', async () => {
		const question = await aQuestion();
		const { cityId, commentId } = question;
		await publishResponse(app, question.permit, aForm(commentId));
		const mail = await app.db
			.selectFrom('mail')
			.where('account_id', '=', question.author.accountId)
			.select('parameters')
			.executeTakeFirstOrThrow();
		expect(mail.parameters).toEqual({
			path: `/${cityId}/budget/2026/04?comment=${commentId}#comment-${commentId}`,
			cityKk: `${cityId} kk`,
			cityRu: `${cityId} ru`,
			cityEn: `${cityId} en`,
			textKk: aDraft().body_kk,
			textRu: aDraft().body_ru,
		});
	});

	it('keeps every published revision, newest first, and the time of the first answer', async () => {
		const question = await aQuestion();
		const { commentId, permit } = question;
		await publishResponse(app, permit, aForm(commentId, { draft: aDraft({ status: 'under_review' }) }));
		const first = await answeredAt(commentId);
		const draft = aDraft({ status: 'done', body_kk: 'Жарық орнатылды.', body_ru: 'Освещение установлено.' });
		expect(await publishResponse(app, permit, aForm(commentId, { revisionSeen: 1, draft }))).toEqual({
			ok: true,
			value: 2,
		});
		const revisions = await revisionsOf(question);
		expect(revisions.map(({ revision, status }) => [revision, status])).toEqual([
			[2, 'done'],
			[1, 'under_review'],
		]);
		expect(revisions[0]?.texts[0]?.body).toBe('Жарық орнатылды.');
		expect(revisions[1]?.texts[0]?.body).toBe(aDraft().body_kk);
		expect(await answeredAt(commentId)).toBe(first);
		expect(await mailsTo(question)).toBe(2);
	});

	it('publishes once when its form is sent twice, also twenty times at once', async () => {
		const question = await aQuestion();
		const form = aForm(question.commentId);
		const results = await Promise.all(
			Array.from({ length: 20 }, () => publishResponse(app, question.permit, form)),
		);
		expect(results).toEqual(Array.from({ length: 20 }, () => ({ ok: true, value: 1 })));
		expect(await publishResponse(app, question.permit, form)).toEqual({ ok: true, value: 1 });
		expect(await revisionsOf(question)).toHaveLength(1);
		expect(await mailsTo(question)).toBe(1);
	});

	it('publishes one of two officials who answer at once and tells the other', async () => {
		const question = await aQuestion();
		const colleague = permitFor(await anOfficial(app.db, question.cityId), 'response.publish', {
			cityId: question.cityId,
		});
		const results = await Promise.all([
			publishResponse(app, question.permit, aForm(question.commentId)),
			publishResponse(
				app,
				colleague,
				aForm(question.commentId, { draft: aDraft({ status: 'in_progress' }) }),
			),
		]);
		const refusals = results.filter((result) => !result.ok);
		expect(refusals).toEqual([{ ok: false, refusal: { code: 'response_changed_meanwhile' } }]);
		expect(await revisionsOf(question)).toHaveLength(1);
		expect(await mailsTo(question)).toBe(1);
	});

	it('refuses who has not seen the latest revision', async () => {
		const question = await aQuestion();
		await publishResponse(app, question.permit, aForm(question.commentId));
		const late = aForm(question.commentId, { draft: aDraft({ status: 'done' }) });
		expect(await publishResponse(app, question.permit, late)).toEqual({
			ok: false,
			refusal: { code: 'response_changed_meanwhile' },
		});
		const early = aForm(question.commentId, { revisionSeen: 7, draft: aDraft({ status: 'done' }) });
		expect(await publishResponse(app, question.permit, early)).toMatchObject({ ok: false });
		expect(await revisionsOf(question)).toMatchObject([{ status: 'accepted' }]);
	});

	it('refuses a revision that changes nothing', async () => {
		const question = await aQuestion();
		await publishResponse(app, question.permit, aForm(question.commentId));
		const same = aForm(question.commentId, { revisionSeen: 1 });
		expect(await publishResponse(app, question.permit, same)).toEqual({
			ok: false,
			refusal: { code: 'response_unchanged' },
		});
		expect(await mailsTo(question)).toBe(1);
	});

	it('refuses an incomplete answer and a status that may not follow, and changes nothing', async () => {
		const question = await aQuestion();
		const oneLanguage = aForm(question.commentId, { draft: aDraft({ body_kk: '' }) });
		expect(await publishResponse(app, question.permit, oneLanguage)).toMatchObject({
			ok: false,
			refusal: { code: 'response_incomplete', faults: [{ field: 'body_kk', code: 'body_kk_missing' }] },
		});
		expect(await revisionsOf(question)).toEqual([]);
		expect(await answeredAt(question.commentId)).toBeNull();

		await publishResponse(
			app,
			question.permit,
			aForm(question.commentId, { draft: aDraft({ status: 'done' }) }),
		);
		const back = aForm(question.commentId, { revisionSeen: 1, draft: aDraft({ status: 'under_review' }) });
		expect(await publishResponse(app, question.permit, back)).toMatchObject({
			ok: false,
			refusal: { faults: [{ field: 'status', code: 'status_cannot_follow' }] },
		});
		expect(await revisionsOf(question)).toMatchObject([{ status: 'done' }]);
	});

	it('keeps the legal basis of a refusal and how to complain', async () => {
		const question = await aQuestion();
		const draft = aDraft({
			status: 'declined',
			legal_basis_kk: 'Бюджет кодексінің 70-бабы',
			legal_basis_ru: 'Статья 70 Бюджетного кодекса',
			complaint_kk: 'Облыс әкімдігіне',
			complaint_ru: 'В акимат области',
		});
		await publishResponse(app, question.permit, aForm(question.commentId, { draft }));
		expect((await revisionsOf(question))[0]?.texts).toMatchObject([
			{ legalBasis: draft.legal_basis_kk, complaint: draft.complaint_kk },
			{ legalBasis: draft.legal_basis_ru, complaint: draft.complaint_ru },
		]);
	});

	it("does not know a comment of another city than the permit's", async () => {
		const here = await aQuestion();
		const there = await aQuestion();
		expect(await publishResponse(app, there.permit, aForm(here.commentId))).toEqual({
			ok: false,
			refusal: { code: 'comment_unknown' },
		});
		expect(await revisionsOf(here)).toEqual([]);
	});

	it('answers a comment whose writer has left, without a mail', async () => {
		const question = await aQuestion();
		await app.db.deleteFrom('account').where('id', '=', question.author.accountId).execute();
		expect(await publishResponse(app, question.permit, aForm(question.commentId))).toMatchObject({
			ok: true,
		});
		expect(await mailsTo(question)).toBe(0);
	});
});

async function answeredAt(commentId: CommentId): Promise<string | null> {
	const comment = await app.db
		.selectFrom('comment')
		.where('id', '=', commentId)
		.select('answered_at')
		.executeTakeFirstOrThrow();
	return comment.answered_at;
}
