import type { SignedIn } from '#lib/domain/access/actor.ts';
import type { CommentId, SubmissionId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import type { Subject } from '#lib/domain/budget/code.ts';
import type { ResponseDraft } from '#lib/domain/dialogue/response.ts';
import type { Db } from '#lib/server/capabilities.ts';
import { newId } from '#lib/server/db/new-id.ts';
import { createComment, publishResponse } from '#lib/server/dialogue/index.ts';
import { testApp } from '../app.ts';
import { permitFor } from '../permit.ts';
import { anAccount, anOfficial } from './account.ts';

/** A published comment, through the command that residents use. */
export async function aComment(
	db: Db,
	line: Subject,
	{
		body = 'Біздің көшеде жарық неге жоқ?',
		language = 'kk' as Language,
		author = null as SignedIn | null,
		id = null as CommentId | null,
	} = {},
): Promise<CommentId> {
	const app = testApp(db);
	const permit = permitFor(author ?? (await anAccount(db)), 'comment.create', { cityId: line.cityId });
	const comment = await createComment(app, permit, { id: id ?? newId<CommentId>(app), line, language, body });
	if (!comment.ok) throw new Error(`the comment was refused: ${comment.refusal.code}`);
	return comment.value;
}

/** A response that every rule accepts; a test states what matters to it. */
export function aDraft(changes: Partial<ResponseDraft> = {}): ResponseDraft {
	return {
		status: 'accepted',
		body_kk: 'Жарық жыл соңына дейін орнатылады.',
		body_ru: 'Освещение установят до конца года.',
		legal_basis_kk: '',
		legal_basis_ru: '',
		complaint_kk: '',
		complaint_ru: '',
		...changes,
	};
}

/** An answer to the comment, or its next revision, through the command that officials use. Gives the revision. */
export async function aResponse(
	db: Db,
	line: Subject,
	commentId: CommentId,
	{
		revisionSeen = 0,
		official,
		...changes
	}: Partial<ResponseDraft> & { revisionSeen?: number; official?: SignedIn } = {},
): Promise<number> {
	const app = testApp(db);
	const { cityId } = line;
	const permit = permitFor(official ?? (await anOfficial(db, cityId)), 'response.publish', { cityId });
	const response = await publishResponse(app, permit, {
		commentId,
		submissionId: newId<SubmissionId>(app),
		revisionSeen,
		draft: aDraft(changes),
	});
	if (!response.ok) throw new Error(`the response was refused: ${response.refusal.code}`);
	return response.value;
}
