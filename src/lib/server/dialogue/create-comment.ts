import type { CommentId } from '#lib/domain/base/ids.ts';
import type { Language } from '#lib/domain/base/language.ts';
import { ok, refused, type Result } from '#lib/domain/base/result.ts';
import type { LineKind } from '#lib/domain/budget/words.ts';
import { checkComment } from '#lib/domain/dialogue/comment.ts';
import type { CommentRefusal } from '#lib/domain/dialogue/refusals.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Permit } from '../http/index.ts';
import { cityOf } from './city-of.ts';

/** A comment as its writer typed it. */
export type NewComment = {
	/** Made with the form: the same form sent again is the same comment. */
	readonly id: CommentId;
	/** A line of the permit's city. */
	readonly line: { readonly fiscalYear: number; readonly kind: LineKind; readonly code: string };
	readonly language: Language;
	readonly body: string;
};

/**
 * Publishes a comment at once. The same form sent twice is one comment and gives the same answer; a form that has
 * already brought another text, or somebody else's comment, is refused: nothing typed may vanish behind an older text.
 */
export async function createComment(
	app: Pick<Capabilities, 'db'>,
	permit: Permit<'comment.create'>,
	{ id, line, language, body: typed }: NewComment,
): Promise<Result<CommentId, CommentRefusal>> {
	const body = checkComment(typed);
	if (!body.ok) return body;
	const comment = {
		city_id: cityOf(permit),
		id,
		fiscal_year: line.fiscalYear,
		subject_kind: line.kind,
		subject_code: line.code,
		account_id: permit.actor.accountId,
		language,
		body: body.value,
	};
	const inserted = await app.db
		.insertInto('comment')
		.values(comment)
		.onConflict((conflict) => conflict.constraint('comment_pkey').doNothing())
		.returning('id')
		.executeTakeFirst();
	if (inserted) return ok(inserted.id);

	const sentBefore = await app.db
		.selectFrom('comment')
		.where('city_id', '=', comment.city_id)
		.where('id', '=', id)
		.where('fiscal_year', '=', comment.fiscal_year)
		.where('subject_kind', '=', comment.subject_kind)
		.where('subject_code', '=', comment.subject_code)
		.where('account_id', '=', comment.account_id)
		.where('body', '=', comment.body)
		.select('id')
		.executeTakeFirst();
	return sentBefore ? ok(sentBefore.id) : refused({ code: 'comment_form_used' });
}
