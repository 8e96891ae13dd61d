import { sql } from 'kysely';
import type { CityId, CommentId, MailId, ResponseId, SubmissionId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Instant } from '#lib/domain/base/time.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import { commentPath } from '#lib/domain/dialogue/comment-path.ts';
import {
	checkResponse,
	type ResponseDraft,
	type ResponseLanguage,
	type ResponseText,
} from '#lib/domain/dialogue/response.ts';
import type { Json } from '#lib/domain/proof/canonical-json.ts';
import type { PublishRefusal } from '#lib/domain/dialogue/refusals.ts';
import type { ResponseStatus } from '#lib/domain/dialogue/words.ts';
import { recordAct } from '../audit/index.ts';
import { subjectOf } from '../budget/index.ts';
import type { Capabilities, Tx } from '../capabilities.ts';
import { newId } from '../db/new-id.ts';
import { transact } from '../db/transact.ts';
import type { Permit } from '../http/index.ts';
import { queueMail, type MailMessage } from '../mail/index.ts';
import { cityOf } from './city-of.ts';

/** A response as an official typed it. */
export type NewResponse = {
	readonly commentId: CommentId;
	/** Made with the form: the same form sent again publishes nothing more. */
	readonly submissionId: SubmissionId;
	/** The revision that the official saw when opening the form; 0 where there was no response. */
	readonly revisionSeen: number;
	readonly draft: ResponseDraft;
};

type Current = {
	readonly id: ResponseId;
	readonly revision: number;
	readonly status: ResponseStatus;
};

/**
 * Publishes the akimat's response to a comment of the permit's city, or a new revision of it, and queues a mail to
 * whoever asked. Gives the revision. Two officials at once: the first is published, the second is told. The audit log
 * keeps what stood there before and after.
 */
export function publishResponse(
	app: Pick<Capabilities, 'db' | 'clock' | 'random'>,
	permit: Permit<'response.publish'>,
	{ commentId, submissionId, revisionSeen, draft }: NewResponse,
): Promise<Result<number, PublishRefusal>> {
	const cityId = cityOf(permit);
	return transact<number, PublishRefusal>(app.db, async (tx) => {
		// Whoever answers the same comment waits here; then each sees what the other has published.
		const comment = await lockComment(tx, cityId, commentId);
		if (!comment) return refused({ code: 'comment_unknown' });
		const current = await findCurrent(tx, cityId, commentId);
		if (current) {
			const sentBefore = await findSubmission(tx, cityId, current.id, submissionId);
			if (sentBefore) return ok(sentBefore.revision);
		}
		if ((current?.revision ?? 0) !== revisionSeen) return refused({ code: 'response_changed_meanwhile' });
		const texts = checkResponse(draft, current?.status ?? null);
		if (!texts.ok) return refused({ code: 'response_incomplete', faults: texts.refusal });
		const before = current && { ...current, texts: await readTexts(tx, cityId, current) };
		if (before && isUnchanged(before, draft.status, texts.value)) {
			return refused({ code: 'response_unchanged' });
		}

		const response = current
			? await changeResponse(tx, cityId, current, draft.status)
			: await addResponse(tx, cityId, newId<ResponseId>(app), commentId, draft.status);
		await tx
			.insertInto('response_revision')
			.values({
				city_id: cityId,
				response_id: response.id,
				revision: response.revision,
				submission_id: submissionId,
				status: draft.status,
				account_id: permit.actor.accountId,
				published_at: response.publishedAt,
			})
			.execute();
		await tx
			.insertInto('response_text')
			.values(
				texts.value.map(({ language, body, legalBasis, complaint }) => ({
					city_id: cityId,
					response_id: response.id,
					revision: response.revision,
					language,
					body,
					legal_basis: legalBasis,
					complaint,
				})),
			)
			.execute();
		if (!current) await markAnswered(tx, cityId, commentId, response.publishedAt);
		if (comment.accountId !== null) {
			const message = await writeMessage(tx, cityId, commentId, texts.value);
			await queueMail(tx, { id: newId<MailId>(app), accountId: comment.accountId, message });
		}
		await recordAct(tx, app, {
			actorId: permit.actor.accountId,
			cityId,
			action: 'response.publish',
			subject: { kind: 'comment', id: commentId },
			...(before && { before: toAudited(before.revision, before.status, before.texts) }),
			after: toAudited(response.revision, draft.status, texts.value),
		});
		return ok(response.revision);
	});
}

function lockComment(tx: Tx, cityId: CityId, id: CommentId) {
	return tx
		.selectFrom('comment')
		.where('city_id', '=', cityId)
		.where('id', '=', id)
		.select('account_id as accountId')
		.forUpdate()
		.executeTakeFirst();
}

function findCurrent(tx: Tx, cityId: CityId, commentId: CommentId): Promise<Current | undefined> {
	return tx
		.selectFrom('response')
		.where('city_id', '=', cityId)
		.where('comment_id', '=', commentId)
		.select(['id', 'revision', 'status'])
		.executeTakeFirst();
}

function findSubmission(tx: Tx, cityId: CityId, responseId: ResponseId, submissionId: SubmissionId) {
	return tx
		.selectFrom('response_revision')
		.where('city_id', '=', cityId)
		.where('response_id', '=', responseId)
		.where('submission_id', '=', submissionId)
		.select('revision')
		.executeTakeFirst();
}

/** As the table has it: of any language. */
type PublishedText = Omit<ResponseText, 'language'> & { readonly language: Language };

/** The texts of the revision that is published now, Kazakh first. */
function readTexts(
	tx: Tx,
	cityId: CityId,
	{ id, revision }: Pick<Current, 'id' | 'revision'>,
): Promise<PublishedText[]> {
	return tx
		.selectFrom('response_text')
		.where('city_id', '=', cityId)
		.where('response_id', '=', id)
		.where('revision', '=', revision)
		.select(['language', 'body', 'legal_basis as legalBasis', 'complaint'])
		.orderBy('language')
		.execute();
}

/** A revision that says nothing new would only send a mail. */
function isUnchanged(
	before: { readonly status: ResponseStatus; readonly texts: readonly PublishedText[] },
	status: ResponseStatus,
	texts: readonly ResponseText[],
): boolean {
	return (
		status === before.status &&
		texts.every((text) =>
			before.texts.some(
				({ language, body, legalBasis, complaint }) =>
					language === text.language &&
					body === text.body &&
					legalBasis === text.legalBasis &&
					complaint === text.complaint,
			),
		)
	);
}

function toAudited(revision: number, status: ResponseStatus, texts: readonly PublishedText[]): Json {
	return {
		revision,
		status,
		texts: Object.fromEntries(
			texts.map(({ language, body, legalBasis, complaint }) => [language, { body, legalBasis, complaint }]),
		),
	};
}

type Published = Pick<Current, 'id' | 'revision'> & { readonly publishedAt: Instant };

function addResponse(
	tx: Tx,
	cityId: CityId,
	id: ResponseId,
	commentId: CommentId,
	status: ResponseStatus,
): Promise<Published> {
	return tx
		.insertInto('response')
		.values({ city_id: cityId, id, comment_id: commentId, status, revision: 1 })
		.returning(['id', 'revision', 'published_at as publishedAt'])
		.executeTakeFirstOrThrow();
}

function changeResponse(
	tx: Tx,
	cityId: CityId,
	current: Current,
	status: ResponseStatus,
): Promise<Published> {
	return tx
		.updateTable('response')
		.set({ status, revision: current.revision + 1, published_at: sql`clock_timestamp()` })
		.where('city_id', '=', cityId)
		.where('id', '=', current.id)
		.returning(['id', 'revision', 'published_at as publishedAt'])
		.executeTakeFirstOrThrow();
}

async function markAnswered(tx: Tx, cityId: CityId, commentId: CommentId, at: Instant): Promise<void> {
	await tx
		.updateTable('comment')
		.set({ answered_at: at })
		.where('city_id', '=', cityId)
		.where('id', '=', commentId)
		.execute();
}

/** The mail carries the answer as it was published now, whatever is published before it is sent. */
async function writeMessage(
	tx: Tx,
	cityId: CityId,
	commentId: CommentId,
	texts: readonly ResponseText[],
): Promise<MailMessage> {
	const line = await tx
		.selectFrom('comment')
		.innerJoin('subject', (join) => join.on(subjectOf('comment')))
		.where('comment.city_id', '=', cityId)
		.where('comment.id', '=', commentId)
		.select(['subject.city_id as cityId', 'subject.fiscal_year as fiscalYear', 'subject.alias'])
		.executeTakeFirstOrThrow();
	const names = await tx
		.selectFrom('city_text')
		.where('city_id', '=', cityId)
		.select(['language', 'name'])
		.execute();
	const nameIn = (wanted: Language): string =>
		names.find(({ language }) => language === wanted)?.name ?? cityId;
	const textIn = (wanted: ResponseLanguage): string =>
		texts
			.filter(({ language }) => language === wanted)
			.flatMap(({ body, legalBasis, complaint }) => [body, legalBasis, complaint])
			.filter((part) => part !== null)
			.join('\n\n');
	return {
		kind: 'response_published',
		parameters: {
			path: commentPath(line, commentId),
			cityKk: nameIn('kk'),
			cityRu: nameIn('ru'),
			cityEn: nameIn('en'),
			textKk: textIn('kk'),
			textRu: textIn('ru'),
		},
	};
}
